using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What a lesson's Markdown becomes.</summary>
/// <param name="Html">Safe to put into a page as it is.</param>
/// <param name="Text">Without markup.</param>
/// <param name="Bytes">Size of the HTML and its drawings.</param>
public sealed record RenderedLesson(string Html, string Text, int Bytes);

/// <summary>
/// Turns an author's Markdown into HTML when it is saved. Raw HTML is not understood but shown as text; links and pictures lead only
/// where they may; headings begin at the second level, each with an anchor.
/// </summary>
public sealed partial class LessonRenderer(LessonDrawings drawings)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseCustomContainers()
        .UseTaskLists()
        .UsePipeTables()
        .Build();

    /// <summary>Renders.</summary>
    public RenderedLesson Render(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        PrepareHeadings(document);
        var bytes = PrepareLinks(document);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlCustomContainerRenderer>(new LessonBoxRenderer());
        renderer.Render(document);
        writer.Flush();
        var html = writer.ToString();
        return new(html, ToText(html), bytes + Encoding.UTF8.GetByteCount(html));
    }

    /// <summary>Gives a lesson its text and what is made from it.</summary>
    internal void Write(Lesson lesson, string markdown)
    {
        markdown = markdown.ReplaceLineEndings("\n").Trim().Normalize(NormalizationForm.FormC);
        var rendered = Render(markdown);
        lesson.Markdown = markdown;
        lesson.Html = rendered.Html;
        lesson.Text = rendered.Text;
        lesson.Bytes = rendered.Bytes;
    }

    private static void PrepareHeadings(MarkdownDocument document)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Clamp(heading.Level, 2, 4);
            var anchor = ToSlug(string.Concat(heading.Inline!.Descendants<LiteralInline>().Select(text => text.ToString())));
            anchor = anchor.Length == 0 ? "muc" : anchor;
            var unique = anchor;
            for (var number = 2; !used.Add(unique); number++)
            {
                unique = $"{anchor}-{number}";
            }

            heading.GetAttributes().Id = unique;
        }
    }

    private int PrepareLinks(MarkdownDocument document)
    {
        var bytes = 0;
        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            if (link.IsImage)
            {
                bytes += PrepareImage(link);
            }
            else if (!IsSafe(link.Url))
            {
                ReplaceByText(link);
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToArray())
        {
            link.ReplaceBy(new LiteralInline(link.Url));
        }

        return bytes;
    }

    /// <summary>Only drawings of our own: a picture from elsewhere would be blocked by the page's policy and cost members data.</summary>
    private int PrepareImage(LinkInline image)
    {
        if (drawings.Find(image.Url) is not { } drawing)
        {
            ReplaceByText(image);
            return 0;
        }

        image.Url = drawing.Url;
        var attributes = image.GetAttributes();
        attributes.AddProperty("loading", "lazy");
        attributes.AddProperty("width", drawing.Width.ToString(CultureInfo.InvariantCulture));
        attributes.AddProperty("height", drawing.Height.ToString(CultureInfo.InvariantCulture));
        return drawing.Bytes;
    }

    private static void ReplaceByText(LinkInline link)
    {
        var text = string.Concat(link.Descendants<LiteralInline>().Select(part => part.ToString()));
        link.ReplaceBy(new LiteralInline(text), copyChildren: false);
    }

    private static bool IsSafe(string? url) =>
        url is { Length: > 0 } && (url[0] is '#' || (url[0] is '/' && !url.StartsWith("//", StringComparison.Ordinal))
            || (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "mailto" or "tel"));

    private static string ToText(string html)
    {
        var spaced = BlockEnd().Replace(html, "\n");
        return BlankLines().Replace(WebUtility.HtmlDecode(Tag().Replace(spaced, "")), "\n").Trim();
    }

    internal static string ToSlug(string text) => NotSlug().Replace(VietnameseText.Fold(text), "-").Trim('-');

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotSlug();

    [GeneratedRegex("</(p|h[2-4]|li|td|th|div|pre)>|<br ?/>")]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex BlankLines();

    /// <summary>The boxes <c>:::thu-ngay</c>, <c>:::luu-y</c>, <c>:::canh-bao</c> with their title; any other name gives no box.</summary>
    private sealed class LessonBoxRenderer : HtmlObjectRenderer<CustomContainer>
    {
        private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
        {
            ["thu-ngay"] = "Thử ngay",
            ["luu-y"] = "Lưu ý",
            ["canh-bao"] = "Coi chừng",
        };

        protected override void Write(HtmlRenderer renderer, CustomContainer container)
        {
            renderer.EnsureLine();
            var isBox = Labels.TryGetValue(container.Info ?? "", out var label);
            if (isBox)
            {
                var title = string.IsNullOrWhiteSpace(container.Arguments) || container.Arguments.Trim() == label ? label! : $"{label}: {container.Arguments.Trim()}";
                renderer.Write($"<div class=\"{container.Info}\">").WriteLine();
                renderer.Write("<p class=\"box-title\">").WriteEscape(title).Write("</p>").WriteLine();
            }

            renderer.WriteChildren(container);
            if (isBox)
            {
                renderer.Write("</div>").WriteLine();
            }
        }
    }
}
