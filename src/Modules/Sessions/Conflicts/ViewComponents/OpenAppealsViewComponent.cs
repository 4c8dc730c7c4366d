using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.ViewComponents;

/// <summary>"2 khiếu nại chờ bạn trả lời" on "Hôm nay" of whoever answers them: nothing else tells them that somebody waits.</summary>
public sealed class OpenAppealsViewComponent(SiteDbContext db, SessionAccess access, ReviewList list, CurrentUser user) : ViewComponent
{
    private const int Most = 5;

    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        // From the open appeals, of which there are few: this is asked on each opening of the page.
        var open = db.Appeals.Where(appeal => appeal.State == AppealState.Open && appeal.PersonId != user.PersonId).Select(appeal => appeal.SessionId);
        var sessions = await access.Visible().AsNoTracking().Where(session => open.Contains(session.Id)).OrderBy(session => session.StartUtc).ToListAsync();
        var rows = new List<OpenAppeals>();
        foreach (var session in sessions)
        {
            if (rows.Count < Most && await list.Find(session, ReviewKind.Appeal).CountAsync(invitation => invitation.PersonId != user.PersonId) is > 0 and var count)
            {
                rows.Add(new(session.Code, session.Title, session.StartUtc, count));
            }
        }

        return rows.Count == 0 ? Content("") : View(rows);
    }
}

/// <summary>Appeals of one session that the reader answers.</summary>
public sealed record OpenAppeals(string Code, string Title, DateTime StartUtc, int Count);
