using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Html;

namespace TrainingSite.Library.Services;

/// <summary>A Markdown document as a page: HTML in it is shown as text, links lead only to the web, pictures are left out.</summary>
internal static class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().Build();

    public static IHtmlContent Render(string markdown, string title)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            if (link.IsImage || !IsSafe(link.Url))
            {
                link.Url = "";
                link.IsImage = false;
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToArray())
        {
            link.Url = "";
        }

        // The page has its h1 already: a first line that says the same is left out, the rest moves down.
        if (document.FirstOrDefault() is HeadingBlock { Level: 1 } first && DocumentFacts.MarkdownTitle(markdown) == title)
        {
            document.Remove(first);
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(6, heading.Level + 1);
        }

        foreach (var table in document.Descendants<Markdig.Extensions.Tables.Table>())
        {
            table.GetAttributes().AddClass("table");
        }

        document.LabelTaskBoxes();
        return new HtmlString(document.ToHtml(Pipeline));
    }

    private static bool IsSafe(string? url) =>
        url is not null && (url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || (url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal)) || url.StartsWith('#'));
}
