using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Words of one page.</summary>
internal sealed record TextPage(int Number, string Text);

/// <summary>A document as nothing but its words: some kB instead of some MB (R58).</summary>
internal static class LightText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>As plain text; a line tells where a page begins.</summary>
    public static string Plain(Document document, IReadOnlyList<TextPage> pages)
    {
        var text = new StringBuilder(document.Title).Append("\r\n");
        foreach (var page in pages)
        {
            text.Append(pages.Count > 1 ? $"\r\n— Trang {page.Number} —\r\n" : "\r\n").Append(page.Text.ReplaceLineEndings("\r\n")).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>As a page that fits a telephone and needs nothing else.</summary>
    public static string Html(Document document, IReadOnlyList<TextPage> pages)
    {
        var title = Encoder.Encode(document.Title);
        var html = new StringBuilder($"<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><h1>{title}</h1>");
        foreach (var page in pages)
        {
            html.Append(pages.Count > 1 ? $"<h2 id=\"page-{page.Number}\">Trang {page.Number}</h2>" : "");
            foreach (var line in page.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                html.Append("<p>").Append(Encoder.Encode(line));
            }
        }

        return html.Append("</html>").ToString();
    }
}
