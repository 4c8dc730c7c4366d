using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Điểm cầu": the points of a session, edited one by one or as a file.</summary>
[Authorize]
[Route("sessions/{code}/points")]
public sealed class PointController(
    SiteDbContext db, SessionAccess access, PointPlanService plan, PointService points, PointFile file, UnitChoices units, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int PageSize = 50;

    [HttpGet("")]
    public Task<IActionResult> Index(string code, PointState? state, string? q, int page = 1, CancellationToken cancellationToken = default) => ListAsync(code, state, q, page, [], cancellationToken);

    [HttpPost("one-per-commune")]
    public async Task<IActionResult> OnePerCommune(string code, CancellationToken cancellationToken)
    {
        var made = await plan.AddOnePerCommuneAsync(code, null, cancellationToken);
        return After(made, code, made.Succeeded ? T["Đã tạo {0} điểm cầu, mỗi xã một điểm.", made.Value] : "");
    }

    [HttpGet("{point}")]
    public async Task<IActionResult> Edit(string code, string point, CancellationToken cancellationToken) => await FormAsync(code, point, null, cancellationToken);

    [HttpPost("{point}")]
    public async Task<IActionResult> Edit(string code, string point, PointForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var saved = await plan.UpdateAsync(code, point, form.ToDraft(point), form.Version, cancellationToken);
            if (saved.Succeeded)
            {
                var assigned = await points.AssignCoordinatorsAsync(code, point, form.CoordinatorNames, cancellationToken);
                if (assigned.Succeeded)
                {
                    await transaction.CommitAsync(cancellationToken);
                    notifier.Success(T["Đã lưu {0}.", saved.Value.Name]);
                    return RedirectToAction(nameof(Index), new { code });
                }

                saved = assigned;
            }

            if (saved.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
            {
                return this.Refuse(saved.Faults);
            }

            foreach (var fault in saved.Faults)
            {
                ModelState.AddModelError("", fault.Message);
            }
        }

        return await FormAsync(code, point, form, cancellationToken);
    }

    [HttpPost("{point}/remove")]
    public async Task<IActionResult> Remove(string code, string point, CancellationToken cancellationToken)
    {
        var removed = await plan.RemoveAsync(code, point, cancellationToken);
        return After(removed, code, removed.Succeeded ? T["Đã bỏ {0}.", removed.Value.Name] : "");
    }

    [HttpGet("/sessions/{code}/points.csv")]
    public async Task<IActionResult> Export(string code, CancellationToken cancellationToken)
    {
        var csv = await file.WriteAsync(code, cancellationToken);
        return csv.Succeeded ? File(csv.Value, "text/csv; charset=utf-8", $"{code}-diem-cau.csv") : this.Refuse(csv.Faults);
    }

    [HttpPost("/sessions/{code}/points.csv")]
    public async Task<IActionResult> Import(string code, IFormFile? upload, CancellationToken cancellationToken)
    {
        if (upload is null || upload.Length == 0)
        {
            notifier.Error(T["Hãy chọn một tệp CSV."]);
            return RedirectToAction(nameof(Index), new { code });
        }

        await using var stream = upload.OpenReadStream();
        var read = await file.ReadAsync(code, stream, cancellationToken);
        return read.Succeeded || read.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden
            ? After(read, code, read.Succeeded ? T["Đã cập nhật {0} điểm cầu từ tệp.", read.Value] : "")
            : await ListAsync(code, null, null, 1, read.Faults, cancellationToken);
    }

    private async Task<IActionResult> ListAsync(string code, PointState? state, string? q, int page, IReadOnlyList<Fault> fileFaults, CancellationToken cancellationToken)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return NotFound();
        }

        var all = access.VisiblePoints(session).AsNoTracking();
        var states = await all.GroupBy(point => point.State).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var folded = VietnameseText.Fold(q ?? "");
        var wanted = all.Where(point => state == null || point.State == state)
            .Where(point => folded.Length == 0 || (point.Unit != null && point.Unit.NameFolded.Contains(folded)) || point.Code.Contains(q!));
        var rows = await wanted.OrderBy(point => point.Code).Select(point => new PointRow(
                point.Code, point.Name, point.Unit == null ? "" : point.Unit.FullName, point.Venue, point.Capacity, point.State,
                db.Set<AbsenceReason>().Where(reason => reason.Code == point.ReasonCode && reason.Code != AbsenceReason.Other).Select(reason => reason.Name).FirstOrDefault() ?? point.ReasonText,
                db.Set<Invitation>().Count(invitation => invitation.PointId == point.Id) + (point.ReportedInvited ?? 0),
                db.Set<Attendance>().Count(attendance => attendance.PointId == point.Id && (attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)),
                point.HeadCount, point.OnlineCount))
            .ToPageAsync(page, PageSize, cancellationToken);
        return View("Index", new PointListModel(session, access.CanManage(session), rows, states, state, q ?? "", fileFaults));
    }

    private async Task<IActionResult> FormAsync(string code, string pointCode, PointForm? form, CancellationToken cancellationToken)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return this.Refuse(session.Faults);
        }

        var point = await db.SessionPoints.AsNoTracking().Include(point => point.Unit).SingleOrDefaultAsync(point => point.SessionId == session.Value.Id && point.Code == pointCode, cancellationToken);
        if (point is null)
        {
            return NotFound();
        }

        var offered = await OfferedCoordinatorsAsync(point, cancellationToken);
        return View("Edit", new PointEditModel(session.Value, point, form ?? PointForm.From(point, offered.Where(choice => choice.IsAssigned).Select(choice => choice.UserName)))
        {
            Units = session.Value.State != SessionState.Draft ? null : await units.ListAsync(user.ScopeOf(Permissions.ManageSessions), clock.Today(), withProvince: true, UnitOption.Of(point.Unit?.Path, point.Unit?.FullName), cancellationToken),
            Coordinators = offered,
        });
    }

    /// <summary>Who looks after the point now, and the coordinators of its unit.</summary>
    private Task<List<CoordinatorChoice>> OfferedCoordinatorsAsync(SessionPoint point, CancellationToken cancellationToken)
    {
        var ofUnit = db.Grants.On(clock.Today()).Where(grant => grant.Role == Roles.Coordinator && grant.UnitPath == point.Path).Select(grant => grant.UserId);
        var assigned = db.Set<PointCoordinator>().Where(coordinator => coordinator.PointId == point.Id).Select(coordinator => coordinator.UserId);
        return db.Accounts
            .Where(account => assigned.Contains(account.UserId) || (ofUnit.Contains(account.UserId) && account.DisabledUtc == null))
            .OrderBy(account => account.SortName)
            .Join(db.Users, account => account.UserId, login => login.Id, (account, login) => new CoordinatorChoice(login.UserName!, login.DisplayName, assigned.Contains(account.UserId)))
            .ToListAsync(cancellationToken);
    }

    private IActionResult After<TValue>(Result<TValue> result, string code, string done)
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
            notifier.Error(string.Join(" ", result.Faults.Take(5).Select(fault => fault.Message)));
        }

        return RedirectToAction(nameof(Index), new { code });
    }
}

/// <summary>One point as the organizer fills it in.</summary>
public sealed class PointForm
{
    [Display(Name = "Tên điểm cầu"), Required, StringLength(300)]
    public string Name { get; set; } = "";

    [Display(Name = "Đơn vị"), StringLength(40)]
    public string? Unit { get; set; }

    [Display(Name = "Địa điểm"), StringLength(300)]
    public string? Venue { get; set; }

    [Display(Name = "Sức chứa"), Range(1, 100_000)]
    public int? Capacity { get; set; }

    [Display(Name = "Đường dẫn phòng học"), StringLength(500)]
    public string? Link { get; set; }

    /// <summary>Logins that were ticked, and a line of others.</summary>
    [Display(Name = "Người phụ trách")]
    public List<string?> Coordinators { get; set; } = [];

    /// <summary>Version that the writer saw.</summary>
    public int? Version { get; set; }

    internal IReadOnlyList<string> CoordinatorNames =>
        [.. Coordinators.SelectMany(names => (names ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    internal PointDraft ToDraft(string code) => new(code, string.IsNullOrWhiteSpace(Unit) ? null : Unit.Trim(), VietnameseText.Clean(Name), Venue, Capacity, Link);

    internal static PointForm From(SessionPoint point, IEnumerable<string> coordinators) => new()
    {
        Name = point.Name,
        Unit = point.Unit?.Code,
        Venue = point.Venue,
        Capacity = point.Capacity,
        Link = point.Link,
        Coordinators = [.. coordinators],
        Version = point.Version,
    };
}

public sealed record PointRow(string Code, string Name, string Unit, string? Venue, int? Capacity, PointState State, string? Reason, int Invited, int Present, int? HeadCount, int? OnlineCount)
{
    public bool IsOverfull => Capacity is { } seats && Invited > seats;
}

public sealed record PointListModel(TrainingSession Session, bool CanManage, Page<PointRow> Rows, IReadOnlyDictionary<PointState, int> States, PointState? State, string Query, IReadOnlyList<Fault> FileFaults);

public sealed record PointEditModel(TrainingSession Session, SessionPoint Point, PointForm Form)
{
    /// <summary>Units to choose from while the session is a draft; null when there are too many and the code is typed.</summary>
    public IReadOnlyList<UnitOption>? Units { get; init; }

    public required IReadOnlyList<CoordinatorChoice> Coordinators { get; init; }

    /// <summary>Logins that were typed and are not among the choices.</summary>
    public string Others => string.Join(", ", Form.CoordinatorNames.Except(Coordinators.Select(choice => choice.UserName)));
}

/// <summary>Somebody who may be asked to look after a point.</summary>
public sealed record CoordinatorChoice(string UserName, string Name, bool IsAssigned);
