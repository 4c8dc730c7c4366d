using Microsoft.AspNetCore.Html;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Views;

/// <summary>Writes the pieces of a snippet: content is encoded, only the marks around it are markup.</summary>
internal static class SnippetHtml
{
    public static IHtmlContent ToHtml(this IEnumerable<SnippetSegment> segments)
    {
        var html = new HtmlContentBuilder();
        foreach (var segment in segments)
        {
            if (segment.IsMatch)
            {
                html.AppendHtml("<mark>").Append(segment.Text).AppendHtml("</mark>");
            }
            else
            {
                html.Append(segment.Text);
            }
        }

        return html;
    }
}
