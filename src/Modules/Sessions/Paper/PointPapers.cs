using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Paper;

/// <summary>On a sheet: to the point's code screen, to the sheet on paper and back from it, to its photographs.</summary>
public sealed class SheetPapersViewComponent(SiteDbContext db) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        // Who sees a sheet serves its point.
        var point = await db.SessionPoints.Where(point => point.Id == context.SubjectId).Select(point => new PointPlace(point.Session.Code, point.Code, point.Name)).SingleOrDefaultAsync();
        return point is null ? Content("") : View(point);
    }
}

/// <summary>On a session's page: the same for the few points that the reader looks after.</summary>
public sealed class SessionPapersViewComponent(SiteDbContext db, SessionAccess access, CurrentUser user) : ViewComponent
{
    /// <summary>Whoever serves more finds them through the list of points.</summary>
    private const int Most = 3;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId && session.State != SessionState.Draft && session.State != SessionState.Cancelled) is not { } session)
        {
            return Content("");
        }

        var (userId, inScope) = (user.Id, db.SessionPoints.InScope(user.ScopeOf(Permissions.TakeAttendance), point => point.Path).Select(point => point.Id));
        var points = await access.VisiblePoints(session).Where(point => inScope.Contains(point.Id) || point.Coordinators.Any(coordinator => coordinator.UserId == userId))
            .OrderBy(point => point.Code).Take(Most + 1).Select(point => new PointPlace(point.Session.Code, point.Code, point.Name)).ToListAsync();
        return points.Count is 0 or > Most ? Content("") : View(points);
    }
}

/// <summary>A point, by the codes in its addresses.</summary>
public sealed record PointPlace(string SessionCode, string Code, string Name);
