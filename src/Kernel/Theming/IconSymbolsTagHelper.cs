using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingSite.Kernel;

/// <summary>
/// <c>&lt;icon-symbols also="check bad" /&gt;</c>, at the end of a page with <c>ViewData["Light"]</c>: the icons in use there (and those that its scripts need), so that
/// the page does without the theme's sprite of all icons.
/// </summary>
[HtmlTargetElement("icon-symbols", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconSymbolsTagHelper(IconSymbols symbols) : TagHelper
{
    /// <summary>Names that no <c>&lt;icon&gt;</c> of the page mentions.</summary>
    public string Also { get; set; } = "";

    /// <summary>The view that is being rendered.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("hidden", null);
        output.Content.SetHtmlContent(symbols.Render(IconSymbols.UsedIn(ViewContext).Union(Also.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }
}

/// <summary>The symbols of the theme's sprite, one by one.</summary>
public sealed partial class IconSymbols(SiteTheme theme, IWebHostEnvironment environment)
{
    private static readonly object ItemsKey = new();

    private readonly Lazy<FrozenDictionary<string, string>> _symbols = new(() => Read(theme, environment));

    /// <summary>Whether the page carries its icons itself.</summary>
    public static bool AreInlineIn(ViewContext view) => view.ViewData["Light"] is true;

    /// <summary>Remembers that the page needs an icon; gives its address within the page.</summary>
    public static string Use(ViewContext view, string name)
    {
        UsedIn(view).Add(name);
        return $"#i-{name}";
    }

    /// <summary>Names of the icons used on the page so far.</summary>
    public static HashSet<string> UsedIn(ViewContext view)
    {
        if (view.HttpContext.Items[ItemsKey] is not HashSet<string> names)
        {
            view.HttpContext.Items[ItemsKey] = names = [];
        }

        return names;
    }

    /// <summary>The symbols with those names.</summary>
    public string Render(IEnumerable<string> names) => string.Concat(names.Select(name => _symbols.Value.GetValueOrDefault(name)));

    private static FrozenDictionary<string, string> Read(SiteTheme theme, IWebHostEnvironment environment)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(theme.IconsUrl[2..]);
        if (!file.Exists)
        {
            return FrozenDictionary<string, string>.Empty;
        }

        using var reader = new StreamReader(file.CreateReadStream());
        return SymbolPattern().Matches(reader.ReadToEnd()).ToFrozenDictionary(match => match.Groups["name"].Value, match => match.Value.Replace("<symbol id=\"", "<symbol id=\"i-", StringComparison.Ordinal), StringComparer.Ordinal);
    }

    [GeneratedRegex("<symbol id=\"(?<name>[^\"]+)\".*?</symbol>", RegexOptions.Singleline)]
    private static partial Regex SymbolPattern();
}
