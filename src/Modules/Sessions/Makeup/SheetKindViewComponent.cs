using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Says on a point's sheet that it is a rehearsal: who takes attendance there must not take it for the real one.</summary>
public sealed class SheetKindViewComponent(SiteDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        await db.SessionPoints.AnyAsync(point => point.Id == context.SubjectId && point.Session.IsRehearsal) ? View() : Content("");
}
