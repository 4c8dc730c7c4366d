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
using TrainingSite.Library.Services;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;

namespace TrainingSite.Courses.Services;

/// <summary>What a lesson's Markdown becomes.</summary>
/// <param name="Html">Safe to put into a page as it is.</param>
/// <param name="Text">Without markup.</param>
/// <param name="Weight">What it costs to read.</param>
public sealed record RenderedLesson(string Html, string Text, LessonWeight Weight)
{
    private const int SyllablesAMinute = 180;

    /// <summary>Minutes that reading takes, about.</summary>
    public int Minutes => Math.Max(1, (int)Math.Round(Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length / (double)SyllablesAMinute));
}

/// <summary>What a lesson costs to read, in bytes.</summary>
/// <param name="Page">The text with its drawings.</param>
/// <param name="Pictures">Pictures of the media library, in the size that a phone fetches.</param>
/// <param name="OnDemand">Sound, films and attachments, fetched only when the reader asks for them.</param>
public sealed record LessonWeight(int Page, long Pictures, long OnDemand)
{
    /// <summary>What opening the lesson costs.</summary>
    public int Opening => (int)Math.Min(int.MaxValue, Page + Pictures);
}

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

    /// <summary>Widest that a lesson shows a picture, see the theme's <c>.lesson img</c>.</summary>
    private const int PictureWidth = 480;

    private static readonly Dictionary<string, LessonFile> NoFiles = [];

    /// <summary>Renders.</summary>
    /// <param name="markdown">As the author writes it.</param>
    /// <param name="files">The files that it may show, see <see cref="LessonMedia"/>.</param>
    public RenderedLesson Render(string markdown, IReadOnlyDictionary<string, LessonFile>? files = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        PrepareHeadings(document);
        var weight = PrepareLinks(document, files ?? NoFiles);
        document.LabelTaskBoxes();
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlCustomContainerRenderer>(new LessonBoxRenderer());
        renderer.Render(document);
        writer.Flush();
        var html = writer.ToString();
        return new(html, ToText(html), weight with { Page = weight.Page + Encoding.UTF8.GetByteCount(html) });
    }

    /// <summary>Gives a lesson its text and what is made from it.</summary>
    internal void Write(Lesson lesson, string markdown, IReadOnlyDictionary<string, LessonFile> files)
    {
        markdown = markdown.ReplaceLineEndings("\n").Trim();
        markdown = VietnameseText.Normalize(markdown);
        var rendered = Render(markdown, files);
        lesson.Markdown = markdown;
        lesson.Html = rendered.Html;
        lesson.Text = rendered.Text;
        lesson.Bytes = rendered.Weight.Opening;
        lesson.MediaBytes = rendered.Weight.OnDemand;
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

    private LessonWeight PrepareLinks(MarkdownDocument document, IReadOnlyDictionary<string, LessonFile> files)
    {
        var weight = new LessonWeight(0, 0, 0);
        // A file that is shown twice is fetched once.
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            if (link.Url?.StartsWith(LessonMedia.Prefix, StringComparison.Ordinal) == true)
            {
                var cost = PrepareFile(link, files.GetValueOrDefault(link.Url[LessonMedia.Prefix.Length..]));
                weight = counted.Add(link.Url) ? weight with { Pictures = weight.Pictures + cost.Pictures, OnDemand = weight.OnDemand + cost.OnDemand } : weight;
            }
            else if (link.IsImage)
            {
                weight = weight with { Page = weight.Page + PrepareImage(link) };
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

        return weight;
    }

    /// <summary>A file of the media library: shown when the Markdown says so and a page can, else a link to it. The words stay when there is no such file.</summary>
    private static LessonWeight PrepareFile(LinkInline link, LessonFile? file)
    {
        if (file is null || (link.IsImage && file.Kind is MediaKind.Attachment or MediaKind.Captions))
        {
            ReplaceByText(link);
            return new(0, 0, 0);
        }

        if (!link.IsImage)
        {
            link.Url = "/media/" + file.Name;
            link.InsertAfter(new LiteralInline($" ({MediaFormats.Size(file.Size)})"));
            return new(0, 0, file.Size);
        }

        if (file.Kind == MediaKind.Picture)
        {
            return PreparePicture(link, file);
        }

        var words = WebUtility.HtmlEncode(Words(link));
        var address = "/media/" + file.Name;
        var captions = file.Captions is { } name ? $"<track kind=\"captions\" srclang=\"vi\" label=\"Tiếng Việt\" src=\"/media/{name}\" default />" : "";
        var element = file.Kind == MediaKind.Video ? "video" : "audio";
        // Nothing is fetched before the reader presses play; the line below says what it will cost, and is all that an old browser shows.
        link.ReplaceBy(new HtmlInline(
            $"<{element} controls preload=\"none\"{(element == "video" ? " playsinline" : "")} src=\"{address}\" aria-label=\"{words}\">{captions}</{element}>"
            + $"<a class=\"media-note\" href=\"{address}\">{(element == "video" ? "Phim" : "Tiếng")}: {words} ({MediaFormats.Size(file.Size)})</a>"), copyChildren: false);
        return new(0, 0, file.Size);
    }

    private static LessonWeight PreparePicture(LinkInline image, LessonFile file)
    {
        var address = "/media/" + file.Name;
        var attributes = image.GetAttributes();
        attributes.AddProperty("loading", "lazy");
        attributes.AddProperty("width", file.Width.ToString(CultureInfo.InvariantCulture));
        attributes.AddProperty("height", file.Height.ToString(CultureInfo.InvariantCulture));
        image.Url = address;
        if (file.Copies.Count == 0)
        {
            return new(0, file.Size, 0);
        }

        attributes.AddProperty("srcset", string.Join(", ", file.Copies.Select(copy => $"{address}?w={copy.Width} {copy.Width}w").Append($"{address} {file.Width}w")));
        attributes.AddProperty("sizes", $"(max-width: {PictureWidth}px) 100vw, {PictureWidth}px");
        return new(0, file.Copies[^1].Size, 0);
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

    private static void ReplaceByText(LinkInline link) => link.ReplaceBy(new LiteralInline(Words(link)), copyChildren: false);

    private static string Words(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(part => part.ToString()));

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
