using System.Globalization;
using System.Text.RegularExpressions;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>What a document plainly says of itself. Nothing is guessed: what does not stand there stays empty.</summary>
/// <param name="Title">First heading, or the kind and subject of an official document.</param>
/// <param name="Number">Official number, such as 07/CĐS.</param>
/// <param name="Issuer">The body above the number.</param>
/// <param name="IssuedOn">The date after the place: "Sơn La, ngày 3 tháng 10 năm 2023".</param>
/// <param name="Kind">What sort of document its heading calls it.</param>
internal sealed partial record DocumentFacts(string? Title, string? Number, string? Issuer, DateOnly? IssuedOn, DocumentKind? Kind)
{
    private const int HeadLines = 60;

    private static readonly (string Heading, DocumentKind Kind)[] Kinds =
    [
        ("QUYẾT ĐỊNH", DocumentKind.Decision), ("KẾ HOẠCH", DocumentKind.Plan), ("BÁO CÁO", DocumentKind.Report),
        ("THÔNG BÁO", DocumentKind.Announcement), ("HƯỚNG DẪN", DocumentKind.Guide), ("CÔNG VĂN", DocumentKind.Letter),
    ];

    private static readonly string[] Bodies = ["UBND", "ỦY BAN", "UỶ BAN", "SỞ ", "BAN CHỈ ĐẠO", "BỘ ", "CỤC ", "CÔNG AN", "TỈNH ĐOÀN", "HỘI ", "PHÒNG ", "TRUNG TÂM", "CHÍNH PHỦ", "THỦ TƯỚNG"];

    /// <summary>Reads the first page.</summary>
    public static DocumentFacts Read(string firstPage)
    {
        var lines = firstPage.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(HeadLines).ToArray();
        var at = Array.FindIndex(lines, line => NumberLine().IsMatch(line));
        var heading = Array.FindIndex(lines, line => Kinds.Any(kind => string.Equals(kind.Heading, line, StringComparison.OrdinalIgnoreCase)));
        DocumentKind? kind = heading >= 0 ? Kinds.First(kind => string.Equals(kind.Heading, lines[heading], StringComparison.OrdinalIgnoreCase)).Kind : null;
        return new(
            heading >= 0 && at >= 0 ? TitleAt(lines, heading) : null,
            at >= 0 ? NumberLine().Match(lines[at]).Groups["number"].Value : null,
            at >= 0 ? IssuerAbove(lines, at) : null,
            lines.Select(DateOf).FirstOrDefault(date => date is not null),
            kind);
    }

    /// <summary>First heading of a Markdown file.</summary>
    public static string? MarkdownTitle(string markdown) =>
        markdown.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal)) is { } heading ? Short(heading[2..]) : null;

    /// <summary>"BÁO CÁO" over "Kết quả tập huấn…" gives "Báo cáo kết quả tập huấn…".</summary>
    private static string TitleAt(string[] lines, int heading)
    {
        var kind = lines[heading].ToUpperInvariant();
        var subject = lines.Skip(heading + 1).TakeWhile(line => char.IsLetterOrDigit(line[0]) && !NumberLine().IsMatch(line)
            && !line.StartsWith("Căn cứ", StringComparison.Ordinal) && !line.StartsWith("Kính gửi", StringComparison.Ordinal)).Take(3).ToArray();
        var words = string.Join(' ', subject.TakeWhile((line, i) => i == 0 || !char.IsUpper(line[0])));
        return Short($"{kind[0]}{kind[1..].ToLower(CultureInfo.GetCultureInfo("vi-VN"))} {(words.Length > 1 && char.IsLower(words[1]) ? char.ToLower(words[0], CultureInfo.InvariantCulture) + words[1..] : words)}");
    }

    private static string? IssuerAbove(string[] lines, int number)
    {
        var body = Array.FindLastIndex(lines, number, number + 1, line => Bodies.Any(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        if (body < 0)
        {
            return null;
        }

        var name = Motto().Replace(lines[body], "").Trim();
        // "ỦY BAN NHÂN DÂN" goes on in the next line: "TỈNH SƠN LA".
        if (body + 1 < number && lines[body + 1] is var next && !next.Any(char.IsLower) && !Motto().IsMatch(next) && next.Any(char.IsLetter))
        {
            name += " " + next;
        }

        return name.Length > 0 ? Short(name, 200) : null;
    }

    private static DateOnly? DateOf(string line)
    {
        var match = PlaceAndDate().Match(line);
        return match.Success
            && DateOnly.TryParseExact($"{match.Groups["d"].Value}/{match.Groups["m"].Value}/{match.Groups["y"].Value}", "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
    }

    private static string Short(string text, int length = 300)
    {
        var clean = VietnameseText.Clean(text);
        return clean.Length <= length ? clean : clean[..length].TrimEnd();
    }

    [GeneratedRegex(@"^Số\s*:?\s*(?<number>\d+[\p{L}]{0,2}\s?/\s?[\p{L}\d]+(?:[-–/][\p{L}\d.&]+)*)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberLine();

    [GeneratedRegex(@"\p{L}\s*,\s*ngày\s+(?<d>\d{1,2})\s+tháng\s+(?<m>\d{1,2})\s+năm\s+(?<y>\d{4})", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlaceAndDate();

    [GeneratedRegex(@"(CỘNG H[ÒO][ÀA]? XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*-\s*Tự do\s*-\s*Hạnh phúc)", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Motto();
}
