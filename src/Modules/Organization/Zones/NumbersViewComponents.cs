using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Zones;

/// <summary>The province's numbers on the first page of a visitor: sums only, nobody's name.</summary>
[ViewComponent(Name = "ProvinceNumbers")]
public sealed class ProvinceNumbersViewComponent(UnitFinder finder, UnitCounter counter, IMemoryCache cache, TimeProvider clock) : ViewComponent
{
    /// <summary>Visitors do not need the last minute, and many come at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>Renders the numbers; nothing while there are no units.</summary>
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var figures = await cache.GetOrCreateAsync("organization-province-numbers", async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Fresh;
            return await finder.FindTopAsync(UnitScope.Everything, clock.Today()) is { } top ? (await counter.CountAsync(top, clock.Today(), UnitScope.Everything)).Total : null;
        });
        return figures is null ? Content("") : View(figures);
    }
}

/// <summary>The numbers of the reader's own scope on the page of staff.</summary>
[ViewComponent(Name = "ScopeNumbers")]
public sealed class ScopeNumbersViewComponent(CurrentUser user, UnitFinder finder, UnitCounter counter, TimeProvider clock) : ViewComponent
{
    /// <summary>Renders the numbers; nothing while there are no units.</summary>
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var scope = user.ScopeOf(Permissions.ViewTeamStatistics);
        return await finder.FindTopAsync(scope, clock.Today()) is { } top ? View(await counter.CountAsync(top, clock.Today(), scope)) : Content("");
    }
}
