using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.ViewComponents;

/// <summary>The ways from a session's page to its live board and to what should be looked at again.</summary>
public sealed class BoardLinksViewComponent(SiteDbContext db, SessionAccess access, ReviewList reviews) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.AsNoTracking().SingleAsync(session => session.Id == context.SubjectId);
        return session.State is SessionState.Draft or SessionState.Cancelled || !await access.VisiblePoints(session).AnyAsync()
            ? Content("")
            : View(new BoardLinksModel(session.Code, await reviews.CountAsync(session), await access.ServedPoints(session).AnyAsync(), session.State != SessionState.Published)
            {
                IsInHead = session.State == SessionState.Open && access.CanManage(session),
            });
    }
}

public sealed record BoardLinksModel(string Code, int Reviews, bool MayReview, bool HasBegun)
{
    /// <summary>Whether the page's head leads to the board already.</summary>
    public bool IsInHead { get; init; }
}
