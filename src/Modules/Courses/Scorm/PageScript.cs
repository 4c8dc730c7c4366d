using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace TrainingSite.Courses.Scorm;

/// <summary>Puts our script in front of all that a page of a package does, whatever its encoding.</summary>
internal static partial class PageScript
{
    /// <summary>Within so many bytes browsers look for a page's own word on its encoding.</summary>
    private const int Head = 1024;

    /// <summary>
    /// The page's type: its own word on its encoding counts, and where it has none but is UTF-8, that is said for it. Browsers would take it for an old
    /// encoding of their reader's language.
    /// </summary>
    public static string TypeOf(byte[] page) =>
        Utf8.IsValid(page) && !Encoding.Latin1.GetString(page.AsSpan(0, Math.Min(Head, page.Length))).Contains("charset", StringComparison.OrdinalIgnoreCase) ? "text/html; charset=utf-8" : "text/html";

    /// <summary>The page with the script as the first thing after its doctype: before it, old pages would be laid out differently.</summary>
    public static byte[] Insert(byte[] page, string address)
    {
        var script = $"<script src=\"{WebUtility.HtmlEncode(address)}\"></script>";
        var encoding = page is [0xFF, 0xFE, ..] ? Encoding.Unicode : page is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : Encoding.Latin1;
        // Latin-1 gives each byte a character of its own: whatever the page is written in, its beginning is plain letters.
        var text = encoding.GetString(page);
        var at = Beginning().Match(text).Length;
        return [.. encoding.GetBytes(text[..at]), .. encoding.GetBytes(script), .. encoding.GetBytes(text[at..])];
    }

    /// <summary>Byte order mark, XML declaration, comments and doctype.</summary>
    [GeneratedRegex(@"^(\uFEFF|\xEF\xBB\xBF)?(?>\s+|<\?[^>]*>|<!--.*?-->)*(<!doctype[^>]*>)?", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Beginning();
}
