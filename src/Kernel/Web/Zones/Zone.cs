using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>
/// A part of a page that belongs to another module: the member's page of today shows the next session without the page's module
/// knowing of sessions. Added with <c>services.AddZoneContributor</c>.
/// </summary>
/// <param name="Zone">Name of the zone: <c>home</c>, <c>today</c>, <c>organizer</c>, <c>me</c>, <c>person</c>, <c>team</c>, <c>unit</c>, and those that a module names in its README.</param>
/// <param name="Order">Position, ascending.</param>
/// <param name="ViewComponent">The view component's class; it is invoked with the zone's subject (<see cref="ZoneContext"/>).</param>
/// <param name="Permission">Needed to see it; null for everybody.</param>
public sealed record ZoneContributor(string Zone, int Order, Type ViewComponent, Permission? Permission = null);

/// <summary>What a zone is about.</summary>
/// <param name="SubjectId">Key of the person, team, unit, session or point whose page it is; null on the home pages.</param>
public sealed record ZoneContext(Guid? SubjectId = null);

/// <summary>Renders a zone: <c>@await Component.InvokeAsync("Zone", new { name = "today" })</c>.</summary>
[ViewComponent(Name = "Zone")]
public sealed class ZoneViewComponent(IEnumerable<ZoneContributor> contributors, CurrentUser user, IViewComponentHelper components) : ViewComponent
{
    /// <summary>Renders the contributions that the reader may see, in order.</summary>
    /// <param name="name">Name of the zone.</param>
    /// <param name="subject">Key of what the page is about, if it has one.</param>
    public async Task<IViewComponentResult> InvokeAsync(string name, Guid? subject = null)
    {
        ((Microsoft.AspNetCore.Mvc.ViewFeatures.IViewContextAware)components).Contextualize(ViewContext);
        var content = new HtmlContentBuilder();
        foreach (var contributor in contributors.Where(part => part.Zone == name).OrderBy(part => part.Order))
        {
            if (contributor.Permission is null || user.Can(contributor.Permission))
            {
                content.AppendHtml(await components.InvokeAsync(contributor.ViewComponent, new { context = new ZoneContext(subject) }));
            }
        }

        return new HtmlContentViewComponentResult(content);
    }
}

/// <summary>Registration of contributions.</summary>
public static class ZoneServiceExtensions
{
    /// <summary>Adds a view component to a zone. Its <c>InvokeAsync(ZoneContext context)</c> returns <c>Content("")</c> when it has nothing to show.</summary>
    public static IServiceCollection AddZoneContributor<T>(this IServiceCollection services, string zone, int order, Permission? permission = null) where T : ViewComponent =>
        services.AddSingleton(new ZoneContributor(zone, order, typeof(T), permission));
}
