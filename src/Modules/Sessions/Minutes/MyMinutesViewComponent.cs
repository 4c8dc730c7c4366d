using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Minutes;

/// <summary>On a session's page once it is over, for who attended it: how many minutes, and whether that is enough.</summary>
public sealed class MyMinutesViewComponent(SiteDbContext db, SessionMinutes minutes, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var (session, person, now) = (context.SubjectId, user.PersonId, clock.UtcNow());
        if (session is not { } id || person is null
            || await db.Attendances.AsNoTracking().OfThosePresent().SingleOrDefaultAsync(row => row.SessionId == session && row.PersonId == person && db.Set<TrainingSession>().Any(over => over.Id == session && (over.EndUtc <= now || over.State == SessionState.Closed))) is not { } attendance)
        {
            return Content("");
        }

        return View(new AttendedMinutes(attendance.Minutes, await minutes.TotalAsync(id), (await minutes.NeededPercentAsync([id])).TryGetValue(id, out var percent) ? percent : null));
    }
}
