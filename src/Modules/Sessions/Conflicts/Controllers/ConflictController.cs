using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Minutes;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Conflicts.Controllers;

/// <summary>"Cần xem lại": what devices say differently, marks after closing, appeals; a person decides.</summary>
[Authorize]
[Route("sessions/{code}/conflicts")]
public sealed class ConflictController(
    SiteDbContext db, SessionAccess access, ReviewList list, ReviewReader reader, ReviewService reviews, AppealService appeals, SessionMinutes minutes, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 20;

    [HttpGet("")]
    public async Task<IActionResult> Index(string code, ReviewKind? kind, int page = 1, CancellationToken cancellationToken = default)
    {
        var session = await FindAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return this.Refuse(session.Faults);
        }

        var people = list.Find(session.Value, kind);
        var total = await people.CountAsync(cancellationToken);
        // The last one of a page may just have been decided.
        var number = Math.Clamp(page, 1, Math.Max(1, (total + PageSize - 1) / PageSize));
        var ordered = people.OrderBy(invitation => invitation.Point.Code).ThenBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.PersonId).Skip((number - 1) * PageSize).Take(PageSize);
        var items = await reader.ReadAsync(session.Value, ordered, cancellationToken);
        return View(new ConflictListModel(session.Value, new Page<ReviewItem>(items, total, number, PageSize), await list.CountByKindAsync(session.Value, cancellationToken), kind, await minutes.TotalAsync(session.Value.Id, cancellationToken)));
    }

    /// <summary>Says what is right about one person.</summary>
    [HttpPost("settle")]
    public async Task<IActionResult> Settle(string code, string member, AttendanceStatus status, int? minutes, string? point, string? note, ReviewKind? kind, int page = 1, CancellationToken cancellationToken = default)
    {
        var settled = await reviews.SettleAsync(code, member, new(status, minutes, point, note), cancellationToken);
        return After(settled, code, kind, page, settled.Succeeded ? T["Đã quyết định: {0}, {1}", settled.Value, T.StatusBadge(status).Text.ToLowerInvariant()] : "");
    }

    /// <summary>Lets one person's marks stand that came after closing.</summary>
    [HttpPost("accept")]
    public async Task<IActionResult> Accept(string code, string member, ReviewKind? kind, int page = 1, CancellationToken cancellationToken = default)
    {
        var accepted = await reviews.AcceptAsync(code, member, cancellationToken);
        return After(accepted, code, kind, page, accepted.Succeeded ? T["Đã xem: giữ dấu của {0}.", accepted.Value] : "");
    }

    /// <summary>Answers an appeal.</summary>
    [HttpPost("appeals/{id:guid}")]
    public async Task<IActionResult> Answer(string code, Guid id, bool accept, string? answer, AttendanceStatus status, int? minutes, ReviewKind? kind, int page = 1, CancellationToken cancellationToken = default)
    {
        var answered = await appeals.AnswerAsync(code, id, accept ? new(status, minutes) : null, answer, cancellationToken);
        return After(answered, code, kind, page, answered.Succeeded ? T["Đã trả lời khiếu nại của {0}.", answered.Value] : "");
    }

    /// <summary>Everything that was said about one person.</summary>
    [HttpGet("/sessions/{code}/people/{member}/log")]
    public async Task<IActionResult> Log(string code, string member, CancellationToken cancellationToken)
    {
        var session = await FindAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return this.Refuse(session.Faults);
        }

        var person = await list.Mine(session.Value).Where(invitation => invitation.Person.Code == member)
            .Select(invitation => new
            {
                invitation.PersonId,
                invitation.Person.FullName,
                invitation.TeamName,
                invitation.Point.Name,
                Status = db.Set<Attendance>().Where(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId).Select(attendance => (AttendanceStatus?)attendance.Status).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancellationToken);
        return person is null ? NotFound()
            : View(new PersonLogModel(session.Value, person.FullName, person.TeamName, person.Name, person.Status ?? AttendanceStatus.Unmarked, await reader.ReadLogAsync(session.Value.Id, [person.PersonId], cancellationToken)));
    }

    /// <summary>A session in which the reader decides about somebody.</summary>
    private async Task<Result<TrainingSession>> FindAsync(string code, CancellationToken cancellationToken)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        return session is null ? access.NoSession(code)
            : access.CanManage(session) || await access.ServedPoints(session).AnyAsync(cancellationToken) ? session
            : access.NoSession(code) with { Kind = FaultKind.Forbidden };
    }

    private IActionResult After(Result<string> result, string code, ReviewKind? kind, int page, string done)
    {
        if (!result.Succeeded && result.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(result.Faults);
        }

        if (result.Succeeded)
        {
            notifier.Success(done);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Index), new { code, kind, page = page > 1 ? page : (int?)null });
    }
}

public sealed record ConflictListModel(TrainingSession Session, Page<ReviewItem> Rows, IReadOnlyDictionary<ReviewKind, int> Counts, ReviewKind? Kind, int MostMinutes);

public sealed record PersonLogModel(TrainingSession Session, string Name, string Team, string Point, AttendanceStatus Status, IReadOnlyList<LoggedEvent> Events);
