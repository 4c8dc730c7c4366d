using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>Leads to the six letters while the session takes attendance and the reader is on its list.</summary>
public sealed class CheckInLinkViewComponent(PointCodes codes, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        user.PersonId is { } person && (await codes.RunningSessionsOfAsync(person)).Contains(context.SubjectId ?? default) ? View() : Content("");
}

/// <summary>The same on "Hôm nay", for whoever has a session now and no mark yet.</summary>
public sealed class CheckInTodayViewComponent(SiteDbContext db, PointCodes codes, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person || await codes.RunningSessionsOfAsync(person) is not { Count: > 0 } running)
        {
            return Content("");
        }

        var marked = await db.Attendances.CountAsync(attendance => attendance.PersonId == person && running.Contains(attendance.SessionId) && attendance.Status != AttendanceStatus.Unmarked);
        return marked < running.Count ? View() : Content("");
    }
}
