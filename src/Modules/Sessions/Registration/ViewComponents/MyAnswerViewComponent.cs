using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Controllers;
using TrainingSite.Sessions.Registration.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Registration.ViewComponents;

/// <summary>"Bạn có đến được không?" on the page of a session that the reader is invited to.</summary>
public sealed class MyAnswerViewComponent(SiteDbContext db, AnswerReader reader, ClashService clashes, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var personId = user.PersonId;
        var mine = personId is null ? null : await db.Invitations.AsNoTracking().Include(invitation => invitation.Session).Include(invitation => invitation.Point)
            .SingleOrDefaultAsync(invitation => invitation.SessionId == context.SubjectId && invitation.PersonId == personId && !invitation.IsWalkIn);
        if (mine is null || mine.Session.State is SessionState.Draft or SessionState.Cancelled || (!AnswerService.IsAnswerable(mine.Session, clock.UtcNow()) && mine.Response == InvitationResponse.None))
        {
            return Content("");
        }

        var session = mine.Session;
        var isAnswerable = AnswerService.IsAnswerable(session, clock.UtcNow());
        return View(new MyAnswerModel(
            new(session.Code, null, null, mine.Response),
            mine,
            isAnswerable,
            mine.RespondedBy is { } by && by != user.Id ? mine.RespondedByName : null,
            await reader.CountFreeAsync(mine.PointId, mine.Point.Capacity, default),
            mine.Response == InvitationResponse.Waiting ? await reader.FindPlaceAsync(session, mine, default) : 0,
            isAnswerable ? await clashes.OfPersonAsync(session, mine.PersonId) : [],
            isAnswerable && await db.SessionPoints.CountAsync(point => point.SessionId == session.Id) > 1,
            session.SeriesId is { } seriesId ? await db.TrainingSeries.Where(series => series.Id == seriesId).Select(series => series.Code).SingleOrDefaultAsync() : null)
        {
            Earlier = mine.Response != InvitationResponse.None ? null : await db.Set<EarlierAnswer>().AsNoTracking()
                .Where(answer => answer.SessionId == session.Id && answer.PersonId == mine.PersonId).OrderByDescending(answer => answer.Postponement).FirstOrDefaultAsync(),
        });
    }
}

/// <summary>The reader's invitation and answer.</summary>
/// <param name="Buttons">The form.</param>
/// <param name="Invitation">The invitation.</param>
/// <param name="IsAnswerable">Whether the answer may still change.</param>
/// <param name="AnsweredFor">Who answered for the reader; null for themselves.</param>
/// <param name="Free">Free seats at the point; null without a limit.</param>
/// <param name="Place">Place in the queue while waiting.</param>
/// <param name="Clashes">Other sessions at that time.</param>
/// <param name="HasOtherPoints">Whether there is another point to come to.</param>
/// <param name="SeriesCode">The series, when the theme is repeated.</param>
public sealed record MyAnswerModel(
    AnswerButtons Buttons, Invitation Invitation, bool IsAnswerable, string? AnsweredFor, int? Free, int Place, IReadOnlyList<Clash> Clashes, bool HasOtherPoints, string? SeriesCode)
{
    /// <summary>What the reader answered before the times changed, while they have not answered again.</summary>
    public EarlierAnswer? Earlier { get; init; }
}
