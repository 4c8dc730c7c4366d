using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Controllers;

/// <summary>"Bảng trực tiếp": all points of a session while it runs, and their state set for many at once.</summary>
[Authorize]
[Route("sessions/{code}/live")]
public sealed class BoardController(
    SiteDbContext db, SessionAccess access, BoardAccess boards, BoardCounter counter, PointStates states, PointCalls calls, ReviewList reviews, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string code, BoardFilter filter, bool wall, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var (session, all) = found.Value;
        var served = (await access.ServedPoints(session).Select(point => point.Id).ToListAsync(cancellationToken)).ToHashSet();
        var shown = all.FindAll(filter.Matches);
        return View(new BoardModel
        {
            Session = session,
            All = all,
            Shown = shown,
            Served = served,
            Filter = filter,
            IsWall = wall,
            // Telephone numbers are for those who take care of the point, not for everybody who sees it.
            Calls = await calls.FindAsync(shown.FindAll(point => !point.HasStarted && served.Contains(point.Id)), cancellationToken),
            Reviews = await reviews.CountAsync(session, cancellationToken),
        });
    }

    [HttpGet("states")]
    public Task<IActionResult> States(string code, BoardFilter filter, CancellationToken cancellationToken) => FormAsync(code, filter, new(), [], cancellationToken);

    [HttpPost("states")]
    public async Task<IActionResult> States(string code, BoardFilter filter, StatesForm form, CancellationToken cancellationToken)
    {
        var set = await states.SetAsync(code, form.Points, form.NewState, form.Reason, cancellationToken);
        if (set.Succeeded)
        {
            notifier.Success(T["Đã ghi tình trạng của {0} điểm cầu.", set.Value.ToVietnamese()]);
            return RedirectToAction(nameof(Show), new { code });
        }

        return set.Faults[0].Kind == FaultKind.NotFound ? this.Refuse(set.Faults) : await FormAsync(code, filter, form, set.Faults, cancellationToken);
    }

    private async Task<IActionResult> FormAsync(string code, BoardFilter filter, StatesForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var (session, all) = found.Value;
        var served = (await access.ServedPoints(session).Select(point => point.Id).ToListAsync(cancellationToken)).ToHashSet();
        var mine = all.FindAll(point => served.Contains(point.Id));
        if (mine.Count == 0)
        {
            return Forbid();
        }

        var reasons = await db.AbsenceReasons.AsNoTracking().OrderBy(reason => reason.Order).ToListAsync(cancellationToken);
        var view = View("States", new StatesModel(session, mine, mine.FindAll(filter.Matches), filter, form, reasons, faults));
        view.StatusCode = faults.Count > 0 && faults[0].Kind == FaultKind.Forbidden ? 403 : null;
        return view;
    }

    /// <summary>The session and those of its points that the reader may see.</summary>
    private async Task<Result<(TrainingSession Session, List<BoardPoint> Points)>> ReadAsync(string code, CancellationToken cancellationToken)
    {
        var found = await boards.FindAsync(code, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var (session, seesAll) = found.Value;
        if (await counter.LookAsync(session.Id, cancellationToken) is not { } picture)
        {
            return access.NoSession(code);
        }

        var visible = seesAll ? null : (await access.VisiblePoints(session).Select(point => point.Id).ToListAsync(cancellationToken)).ToHashSet();
        return (session, picture.Entries.Select(entry => entry.Point).Where(point => visible?.Contains(point.Id) ?? true).ToList());
    }
}
