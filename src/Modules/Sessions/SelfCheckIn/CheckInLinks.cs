using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>Leads to the six letters while the session takes attendance and the reader is on its list.</summary>
public sealed class CheckInLinkViewComponent(PointCodes codes, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context) =>
        user.PersonId is { } person && (await codes.RunningSessionsOfAsync(person)).Contains(context.SubjectId ?? default) ? View() : Content("");
}

/// <summary>The main thing on "Hôm nay" for whoever has a session now and no mark yet.</summary>
public sealed class CheckInTodayViewComponent(SiteDbContext db, PointCodes codes, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person || await codes.RunningSessionsOfAsync(person) is not { Count: > 0 } running)
        {
            return Content("");
        }

        var first = await db.Invitations
            .Where(invitation => invitation.PersonId == person && running.Contains(invitation.SessionId)
                && !db.Set<Attendance>().Any(attendance => attendance.PersonId == person && attendance.SessionId == invitation.SessionId && attendance.Status != AttendanceStatus.Unmarked))
            .OrderBy(invitation => invitation.Session.StartUtc)
            .Select(invitation => new CheckInNow(invitation.Session.Title, invitation.Session.StartUtc, invitation.Session.EndUtc, invitation.Point.Venue ?? invitation.Point.Name))
            .FirstOrDefaultAsync();
        return first is null ? Content("") : View(first);
    }
}

/// <summary>A session that waits for the reader's mark.</summary>
/// <param name="Title">Its title.</param>
/// <param name="StartUtc">When it starts.</param>
/// <param name="EndUtc">When it ends.</param>
/// <param name="Place">Where the reader is expected.</param>
public sealed record CheckInNow(string Title, DateTime StartUtc, DateTime EndUtc, string Place);
