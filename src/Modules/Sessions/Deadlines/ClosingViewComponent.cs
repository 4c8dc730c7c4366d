using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>On a session's page, for those who steer it: when it closes or was closed, and how many sheets are missing.</summary>
public sealed class ClosingViewComponent(SiteDbContext db, SessionAccess access, HandInReader reader, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        if (session is null or { State: SessionState.Draft or SessionState.Cancelled } || !await reader.MayReadAsync(session, default))
        {
            return Content("");
        }

        var now = clock.UtcNow();
        var missing = session.HandInUtc is null && !await db.SessionPoints.AnyAsync(point => point.SessionId == session.Id && point.HandInUtc != null) || session.StartUtc > now
            ? 0
            : await reader.MissingOf(session).CountAsync();
        return View(new ClosingModel(session, missing));
    }
}

public sealed record ClosingModel(TrainingSession Session, int Missing);
