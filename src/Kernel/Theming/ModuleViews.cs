using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;

namespace TrainingSite.Kernel;

/// <summary>
/// Gives each module its own view space: <c>Views/Lesson/Show.cshtml</c> of the module Courses is served as
/// <c>/Areas/Courses/Views/Lesson/Show.cshtml</c>, that of a theme as <c>/Themes/{Theme}/Views/…</c>. Without it two modules'
/// views of one path silently become one.
/// </summary>
internal sealed class ModuleViews(ModuleCatalog catalog) : IApplicationFeatureProvider<ViewsFeature>
{
    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ViewsFeature feature)
    {
        foreach (var view in feature.ViewDescriptors)
        {
            var assembly = view.Type?.Assembly;
            var module = catalog.Modules.FirstOrDefault(module => module.Assembly == assembly);
            if (module is null || view.RelativePath.StartsWith("/Areas/", StringComparison.Ordinal) || view.RelativePath.StartsWith("/Themes/", StringComparison.Ordinal))
            {
                continue;
            }

            view.RelativePath = $"/{(module.IsTheme ? "Themes" : "Areas")}/{module.Id}{view.RelativePath}";
        }

        var twice = feature.ViewDescriptors.GroupBy(view => view.RelativePath, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"Two views have the same path: {twice.Key}.");
        }
    }
}
