using Microsoft.AspNetCore.Mvc.Razor;

namespace TrainingSite.Kernel;

/// <summary>
/// Looks for a view in the theme first: <c>themes/Community/Views/Courses/Lesson/Show.cshtml</c> overrides
/// <c>src/Modules/Courses/Views/Lesson/Show.cshtml</c>; a shared view may stand in the theme's <c>Views/Shared</c>.
/// A view component in a zone is rendered on another module's page, so its view is looked for in every module.
/// </summary>
internal sealed class ThemeViewLocationExpander(string theme, ModuleCatalog catalog) : IViewLocationExpander
{
    private readonly string[] _componentLocations = [.. catalog.Modules.Where(module => !module.IsTheme).Select(module => $"/Areas/{module.Id}/Views/Shared/{{0}}.cshtml")];

    private readonly string[] _themeLocations =
    [
        $"/Themes/{theme}/Views/{{2}}/{{1}}/{{0}}.cshtml",
        $"/Themes/{theme}/Views/{{2}}/Shared/{{0}}.cshtml",
        $"/Themes/{theme}/Views/Shared/{{0}}.cshtml",
    ];

    public void PopulateValues(ViewLocationExpanderContext context)
    {
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        _themeLocations.Concat(viewLocations)
            .Concat(context.ViewName.StartsWith("Components/", StringComparison.Ordinal) ? _componentLocations : []);
}
