using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Minutes;

/// <summary>On a session's page, for who attended it: how many minutes, and whether that is enough.</summary>
public sealed class MyMinutesViewComponent(SiteDbContext db, SessionMinutes minutes, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var (session, person) = (context.SubjectId, user.PersonId);
        if (session is not { } id || person is null
            || await db.Attendances.AsNoTracking().SingleOrDefaultAsync(row => row.SessionId == session && row.PersonId == person) is not { Status: AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly } attendance)
        {
            return Content("");
        }

        return View(new AttendedMinutes(attendance.Minutes, await minutes.TotalAsync(id), (await minutes.NeededPercentAsync([id])).TryGetValue(id, out var percent) ? percent : null));
    }
}
