using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Minutes;

/// <summary>On a person's page: the latest sessions they were invited to, and how many minutes of each they attended.</summary>
public sealed class PersonSessionsViewComponent(SiteDbContext db, SessionMinutes minutes, CurrentUser user, TimeProvider clock) : ViewComponent
{
    private const int Most = 10;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (context.SubjectId is not { } person)
        {
            return Content("");
        }

        var now = clock.UtcNow();
        var scope = person == user.PersonId ? UnitScope.Everything : user.ScopeOf(Permissions.ViewSessions);
        var rows = await (
            from invitation in db.Invitations.Where(invitation => invitation.PersonId == person && invitation.Session.StartUtc <= now && invitation.Session.State != SessionState.Draft && invitation.Session.State != SessionState.Cancelled).InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId } into found
            from attendance in found.DefaultIfEmpty()
            orderby invitation.Session.StartUtc descending
            select new
            {
                invitation.SessionId,
                invitation.Session.Code,
                invitation.Session.Title,
                invitation.Session.StartUtc,
                invitation.Session.State,
                IsOver = invitation.Session.EndUtc <= now || invitation.Session.State == SessionState.Closed,
                Status = attendance == null ? AttendanceStatus.Unmarked : attendance.Status,
                Minutes = attendance == null ? 0 : attendance.Minutes,
            }).Take(Most).ToListAsync();
        if (rows.Count == 0)
        {
            return Content("");
        }

        Guid[] ids = [.. rows.Select(row => row.SessionId)];
        var excused = await db.Invitations.Where(invitation => invitation.PersonId == person && ids.Contains(invitation.SessionId)).Excused(db).Select(invitation => invitation.SessionId).ToListAsync();
        var totals = await minutes.TotalsAsync(ids);
        var needed = await minutes.NeededPercentAsync(ids);
        return View(rows.ConvertAll(row => new AttendedSession(
            row.Code, row.Title, row.StartUtc,
            row.State == SessionState.Closed ? row.Status.OnceClosed(excused.Contains(row.SessionId)) : row.Status,
            !row.IsOver ? null : new(row.Minutes, totals.GetValueOrDefault(row.SessionId), needed.TryGetValue(row.SessionId, out var percent) ? percent : null))));
    }
}
