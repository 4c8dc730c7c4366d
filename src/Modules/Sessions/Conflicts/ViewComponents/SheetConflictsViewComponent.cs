using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Conflicts.ViewComponents;

/// <summary>At the head of a sheet: how many of its people should be looked at again.</summary>
public sealed class SheetConflictsViewComponent(SiteDbContext db, ReviewList list) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var point = await db.SessionPoints.AsNoTracking().Include(point => point.Session).SingleAsync(point => point.Id == context.SubjectId);
        var count = await list.CountAtAsync(point.Session, point.Id);
        return count == 0 ? Content("") : View(new SheetConflictsModel(point.Session.Code, count));
    }
}

public sealed record SheetConflictsModel(string Code, int Count);
