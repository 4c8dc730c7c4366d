using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace TrainingSite.Kernel;

/// <summary>
/// <c>&lt;icon name="check" /&gt;</c>: an icon of the theme's sprite, hidden from screen readers because a word always stands beside it.
/// </summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(SiteTheme theme, IUrlHelperFactory urls) : TagHelper
{
    /// <summary>Name in the theme's <c>icons.json</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The view that is being rendered.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("aria-hidden", "true");
        var address = IconSymbols.AreInlineIn(ViewContext) ? IconSymbols.Use(ViewContext, Name) : $"{Sprite()}#{Name}";
        output.Content.SetHtmlContent($"<use href=\"{address}\"></use>");
    }

    /// <summary>With the fingerprint of its content, so that a phone asks for it once only.</summary>
    private string Sprite() =>
        urls.GetUrlHelper(ViewContext).Content(ViewContext.HttpContext.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() is { } assets ? $"~/{assets[theme.IconsUrl[2..]]}" : theme.IconsUrl);
}
