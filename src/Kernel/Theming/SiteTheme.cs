namespace TrainingSite.Kernel;

/// <summary>The theme that the site wears.</summary>
/// <param name="Id">As written in <c>Site:Theme</c>.</param>
public sealed record SiteTheme(string Id)
{
    /// <summary>Address of its icons, from the site's root.</summary>
    public string IconsUrl { get; } = $"~/themes/{Id.ToLowerInvariant()}/dist/icons.svg";
}
