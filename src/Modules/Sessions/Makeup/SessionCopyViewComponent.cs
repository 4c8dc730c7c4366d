using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>"Sao chép buổi này", for whoever may manage the session.</summary>
public sealed class SessionCopyViewComponent(SiteDbContext db, SessionAccess access, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Id == context.SubjectId);
        if (session is null || !access.CanManage(session))
        {
            return Content("");
        }

        // A week later than the original, or than today when that is past: the same day of the week.
        var day = DateOnly.FromDateTime(VietnamTime.ToLocal(session.StartUtc));
        var weeks = day < clock.Today() ? ((clock.Today().DayNumber - day.DayNumber) / 7) + 1 : 1;
        return View(new SessionCopyModel(session.Code, day.AddDays(7 * weeks), clock.Today()));
    }
}

/// <summary>What the form proposes.</summary>
/// <param name="Code">Code of the session.</param>
/// <param name="Day">Day of the copy.</param>
/// <param name="Earliest">The first day that a copy can have.</param>
public sealed record SessionCopyModel(string Code, DateOnly Day, DateOnly Earliest);
