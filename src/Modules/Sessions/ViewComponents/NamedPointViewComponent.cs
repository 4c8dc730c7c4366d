using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.ViewComponents;

/// <summary>On "Hôm nay": the next sheet of whoever looks after a point by name alone. Whose role covers the point finds it among the sessions to hold.</summary>
public sealed class NamedPointViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.Id is not { } userId)
        {
            return Content("");
        }

        var now = clock.UtcNow();
        var covered = db.SessionPoints.InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).Select(point => point.Id);
        // From the duties, of which nearly everybody has none: this is asked on each opening of the page.
        var next = await (
            from duty in db.Set<PointCoordinator>()
            join point in db.SessionPoints on duty.PointId equals point.Id
            where duty.UserId == userId && !covered.Contains(point.Id) && point.Session.EndUtc > now && (point.Session.State == SessionState.Published || point.Session.State == SessionState.Open)
            orderby point.Session.StartUtc, point.Code
            select new NamedPoint(point.Session.Code, point.Session.Title, point.Session.StartUtc, point.Code, point.Name)).FirstOrDefaultAsync();
        return next is null ? Content("") : View(next);
    }
}

/// <summary>A point to look after.</summary>
public sealed record NamedPoint(string Session, string Title, DateTime StartUtc, string Code, string Name);
