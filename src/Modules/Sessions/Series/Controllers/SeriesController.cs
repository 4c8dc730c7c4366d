using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Series.Models;
using TrainingSite.Sessions.Series.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Series.Controllers;

/// <summary>"Chuyên đề nhiều ngày": the dates of a series, of which a member picks one; an organizer adds more.</summary>
[Authorize]
public sealed class SeriesController(
    SiteDbContext db, SessionAccess access, SeriesService series, SeriesReader reader, CurrentUser user, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 50;

    /// <summary>The series of which the reader is the organizer.</summary>
    [HttpGet("series")]
    [Authorize(nameof(Permissions.ManageSessions))]
    public async Task<IActionResult> Index(int page = 1, CancellationToken cancellationToken = default) => View(await reader.Managed().ToPageAsync(page, PageSize, cancellationToken));

    /// <summary>Who chose which date, and who none.</summary>
    [HttpGet("series/{code}/people")]
    [Authorize(nameof(Permissions.ManageSessions))]
    public async Task<IActionResult> People(string code, string? date, string? q, int page = 1, CancellationToken cancellationToken = default)
    {
        var found = await db.TrainingSeries.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellationToken);
        if (found is null || !user.Can(Permissions.ManageSessions, found.OrganizerPath))
        {
            return NotFound();
        }

        return View(new SeriesPeopleModel(
            found,
            await reader.ReadDaysAsync(found, cancellationToken),
            await reader.Find(found).CountAsync(cancellationToken),
            await reader.Find(found, SeriesReader.NoDate).CountAsync(cancellationToken),
            await reader.ToRows(found, reader.Find(found, date, q)).ToPageAsync(page, PageSize, cancellationToken),
            date ?? "",
            q ?? ""));
    }

    [HttpGet("series/{code}")]
    public async Task<IActionResult> Show(string code, CancellationToken cancellationToken)
    {
        var found = await db.TrainingSeries.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellationToken);
        if (found is null)
        {
            return NotFound();
        }

        var canManage = user.Can(Permissions.ManageSessions, found.OrganizerPath);
        var (now, person) = (clock.UtcNow(), user.PersonId);
        var rows = await access.Visible().AsNoTracking().Where(session => session.SeriesId == found.Id).OrderBy(session => session.StartUtc)
            .Select(session => new
            {
                Session = session,
                Mine = db.Set<Invitation>().Where(invitation => invitation.SessionId == session.Id && invitation.PersonId == person && !invitation.IsWalkIn)
                    .Select(invitation => new { invitation.Response, Place = invitation.Point.Venue ?? invitation.Point.Name }).FirstOrDefault(),
                Attended = db.Set<Attendance>().Any(attendance => attendance.SessionId == session.Id && attendance.PersonId == person
                    && (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)),
                Confirmed = canManage ? db.Set<Invitation>().Count(invitation => invitation.SessionId == session.Id && invitation.Response == InvitationResponse.Confirmed) : 0,
            }).ToListAsync(cancellationToken);
        return rows.Count == 0 && !canManage ? NotFound() : View(new SeriesModel(found, canManage,
            rows.ConvertAll(row => new SeriesDate(row.Session, row.Mine?.Response, row.Mine?.Place, row.Attended, row.Confirmed, row.Mine is not null && AnswerService.IsAnswerable(row.Session, now)))));
    }

    [HttpGet("sessions/{code}/repeat")]
    public async Task<IActionResult> Repeat(string code, CancellationToken cancellationToken)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        return found.Succeeded ? View(new RepeatModel(found.Value, [], null)) : this.Refuse(found.Faults);
    }

    [HttpPost("sessions/{code}/repeat")]
    public async Task<IActionResult> Repeat(string code, List<DateOnly?> days, bool withBudget, CancellationToken cancellationToken)
    {
        var wanted = days.OfType<DateOnly>().ToList();
        var made = await series.RepeatAsync(code, wanted, withBudget, cancellationToken);
        if (made.Succeeded)
        {
            notifier.Success(T["Đã tạo {0} bản nháp cho các ngày mới. Hãy xem lại rồi phát hành từng buổi.", wanted.Distinct().Count()]);
            return RedirectToAction(nameof(Show), new { code = made.Value.Code });
        }

        if (made.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(made.Faults);
        }

        var session = await access.Visible().AsNoTracking().SingleAsync(row => row.Code == code, cancellationToken);
        return View(new RepeatModel(session, wanted, made.Faults[0].Message) { WithBudget = withBudget });
    }
}

public sealed record SeriesModel(TrainingSeries Series, bool CanManage, IReadOnlyList<SeriesDate> Dates);

/// <summary>The people of a series.</summary>
/// <param name="Series">The series.</param>
/// <param name="Days">Its dates.</param>
/// <param name="Invited">All who are invited.</param>
/// <param name="Undecided">Who chose no date.</param>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Date">The date asked for.</param>
/// <param name="Query">The name asked for.</param>
public sealed record SeriesPeopleModel(TrainingSeries Series, IReadOnlyList<SeriesDay> Days, int Invited, int Undecided, Page<SeriesPerson> Rows, string Date, string Query);

/// <summary>One date of a series, with the reader's own answer there.</summary>
public sealed record SeriesDate(TrainingSession Session, InvitationResponse? Response, string? Place, bool Attended, int Confirmed, bool CanPick);

public sealed record RepeatModel(TrainingSession Session, IReadOnlyList<DateOnly> Days, string? Fault)
{
    /// <summary>Fields for days that the form shows.</summary>
    public const int Fields = 6;

    /// <summary>Whether the budget is taken over too.</summary>
    public bool WithBudget { get; init; } = true;
}
