using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>What kind of session this is, when it is not an ordinary one: a rehearsal, a make-up, one that others make up for.</summary>
public sealed class SessionKindViewComponent(SiteDbContext db, SessionAccess access, CurrentUser user) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.Where(session => session.Id == context.SubjectId).Select(session => new { session.Id, session.IsRehearsal, session.MakeupOfId }).SingleOrDefaultAsync();
        if (session is null)
        {
            return Content("");
        }

        var visible = access.Visible();
        var original = session.MakeupOfId is not { } originalId ? null
            : await visible.Where(row => row.Id == originalId).Select(row => new SessionLink(row.Code, row.Title, row.StartUtc)).SingleOrDefaultAsync();
        var person = user.PersonId;
        var makeups = await visible.Where(row => row.MakeupOfId == session.Id).OrderBy(row => row.StartUtc)
            .Select(row => new SessionLink(row.Code, row.Title, row.StartUtc) { IsDone = db.Set<Attendance>().Any(attendance => attendance.SessionId == row.Id && attendance.PersonId == person && attendance.Minutes > 0) }).ToListAsync();
        return session.IsRehearsal || original is not null || makeups.Count > 0 ? View(new SessionKindModel(session.IsRehearsal, original, makeups)) : Content("");
    }
}

/// <summary>A session to go to.</summary>
public sealed record SessionLink(string Code, string Title, DateTime StartUtc)
{
    /// <summary>Whether the reader was there.</summary>
    public bool IsDone { get; init; }
}

/// <summary>What there is to say.</summary>
public sealed record SessionKindModel(bool IsRehearsal, SessionLink? Original, IReadOnlyList<SessionLink> Makeups);
