using Microsoft.AspNetCore.Mvc;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.ViewComponents;

/// <summary>For those who hold a session: how many come, how many are asked to be elsewhere at that time, also before it is published.</summary>
public sealed class StaffAnswersViewComponent(SiteDbContext db, SessionAccess access, AnswerAccess reach, AnswerReader reader, ClashService clashes, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == context.SubjectId);
        if (session is null || session.IsImported || session.State == SessionState.Cancelled || !await reach.IsStaffAsync(session))
        {
            return Content("");
        }

        var isDraft = session.State == SessionState.Draft;
        var whole = isDraft ? null : (await reader.CountAsync(session, reach.Answerable(session), default)).Whole;
        var isAhead = isDraft || session.IsAhead(clock.UtcNow());
        var busy = access.CanManage(session) && isAhead ? await clashes.CountAsync(session) : 0;
        var series = session.SeriesId is { } seriesId ? await db.TrainingSeries.Where(row => row.Id == seriesId).Select(row => row.Code).SingleOrDefaultAsync() : null;
        return View(new StaffAnswersModel(session.Code, whole, busy, series, access.CanManage(session), !isAhead));
    }
}

/// <summary>Answers so far; null before the session is published.</summary>
public sealed record StaffAnswersModel(string SessionCode, AnswerCounts? Whole, int Busy, string? SeriesCode, bool CanManage, bool HasBegun);
