using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.ViewComponents;

/// <summary>The next sessions, for visitors: what and when, not who.</summary>
public sealed class PublicSessionsViewComponent(SiteDbContext db, TimeProvider clock) : ViewComponent
{
    private const int Most = 4;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var now = clock.UtcNow();
        var sessions = await db.Sessions.Where(session => session.EndUtc > now && !session.IsRehearsal && (session.State == SessionState.Published || session.State == SessionState.Open))
            .OrderBy(session => session.StartUtc).Take(Most)
            .Select(session => new SessionCard(session.Code, session.Title, session.State, session.Mode, session.StartUtc, session.EndUtc, session.Reason, session.Points.Count, null, null))
            .ToListAsync();
        return sessions.Count == 0 ? Content("") : View(sessions);
    }
}
