using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Điểm danh": the sheet of one point, for the coordinator's thumb.</summary>
[Authorize]
[Route("sessions/{code}/points/{point}/sheet")]
public sealed class SheetController(
    SiteDbContext db, SessionAccess access, CheckInService checkIn, PointService points, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int MostCandidates = 20;

    [HttpGet("")]
    public async Task<IActionResult> Show(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        return found.Succeeded ? View(await ModelAsync(found.Value, cancellationToken)) : this.Refuse(found.Faults);
    }

    /// <summary>One mark by a plain form, for browsers without script.</summary>
    [HttpPost("mark")]
    public async Task<IActionResult> Mark(string code, string point, string member, string kind, CancellationToken cancellationToken)
    {
        if (ToKind(kind) is not { } mark)
        {
            return BadRequest();
        }

        var result = await checkIn.MarkAsync(code, point, member, mark.Kind, mark.Status, cancellationToken: cancellationToken);
        if (!result.Succeeded)
        {
            return this.Refuse(result.Faults);
        }

        var name = await db.People.Where(person => person.Code == member).Select(person => person.FullName).SingleOrDefaultAsync(cancellationToken) ?? member;
        if (result.Value.Outcome == EventOutcome.Rejected)
        {
            notifier.Error(T["Chưa ghi được {0}: {1}", name, RejectionText(result.Value.Reason)]);
        }
        else
        {
            notifier.Success(T["Đã ghi: {0}, {1}", name, T.StatusBadge(mark.Shown).Text.ToLowerInvariant()]);
        }

        return RedirectToAction(nameof(Show), new { code, point });
    }

    /// <summary>Marks from the page's script, which keeps them on the device until this answers.</summary>
    [HttpPost("events")]
    public async Task<IActionResult> Events(string code, string point, [FromBody] SheetEvents sheet, CancellationToken cancellationToken)
    {
        var unknown = sheet.Events.Where(mark => ToKind(mark.Kind) is null).ToList();
        var events = sheet.Events.Except(unknown).Select(mark => ToInput(mark, point)).ToList();
        var results = await checkIn.RecordAsync(code, sheet.Device, events, sheet.SentAt?.UtcDateTime, cancellationToken);
        if (!results.Succeeded)
        {
            return this.Refuse(results.Faults);
        }

        return Json(new
        {
            results = results.Value.Concat(unknown.Select(mark => new EventResult(mark.Id, EventOutcome.Rejected, "unknown_kind")))
                .Select(result => new { result.Id, result.Outcome, message = result.Outcome == EventOutcome.Rejected ? RejectionText(result.Reason) : null }),
        });
    }

    [HttpPost("state")]
    public async Task<IActionResult> State(string code, string point, PointState state, string? reasonCode, string? reasonText, int? headCount, int? onlineCount, int? version, CancellationToken cancellationToken)
    {
        var reason = reasonCode is { Length: > 0 } && reasonCode != AbsenceReason.Other ? reasonCode : reasonText;
        var reported = await points.ReportAsync(code, point, new(state, reason, headCount, onlineCount, version), cancellationToken);
        return Answer(reported, T["Đã lưu tình trạng điểm cầu."], code, point);
    }

    [HttpPost("close")]
    public async Task<IActionResult> Close(string code, string point, CancellationToken cancellationToken) =>
        Answer(await points.CloseSheetAsync(code, point, cancellationToken), T["Đã chốt danh sách."], code, point);

    [HttpPost("reopen")]
    public async Task<IActionResult> Reopen(string code, string point, CancellationToken cancellationToken) =>
        Answer(await points.ReopenSheetAsync(code, point, cancellationToken), T["Đã mở lại danh sách."], code, point);

    [HttpGet("walk-in")]
    public async Task<IActionResult> WalkIn(string code, string point, string? q, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        return found.Succeeded
            ? View(new WalkInModel(code, found.Value, q ?? "", await FindCandidatesAsync(found.Value, q, cancellationToken)))
            : this.Refuse(found.Faults);
    }

    [HttpPost("walk-in")]
    public async Task<IActionResult> AddWalkIn(string code, string point, string member, CancellationToken cancellationToken)
    {
        var added = await points.AddWalkInAsync(code, point, member.Trim(), cancellationToken);
        if (!added.Succeeded)
        {
            notifier.Error(added.Faults[0].Message);
            return RedirectToAction(nameof(WalkIn), new { code, point, q = member });
        }

        return await Mark(code, point, member.Trim(), "in", cancellationToken);
    }

    private RedirectToActionResult Answer(Result<SessionPoint> result, string done, string code, string point)
    {
        if (result.Succeeded)
        {
            notifier.Success(done);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Show), new { code, point });
    }

    private async Task<SheetModel> ModelAsync(SessionPoint point, CancellationToken cancellationToken) => new()
    {
        Point = point,
        Session = point.Session,
        ClosedBecause = WhyClosed(point),
        Reasons = await db.Set<AbsenceReason>().AsNoTracking().OrderBy(reason => reason.Order).ToListAsync(cancellationToken),
        Rows = await db.Invitations.Where(invitation => invitation.PointId == point.Id)
            .OrderBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code)
            .Select(invitation => new
            {
                invitation.Person.Code,
                invitation.Person.FullName,
                invitation.TeamName,
                invitation.IsWalkIn,
                Attendance = db.Set<Attendance>().SingleOrDefault(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId),
            })
            .Select(row => new SheetRow(row.Code, row.FullName, row.TeamName, row.Attendance == null ? AttendanceStatus.Unmarked : row.Attendance.Status, row.IsWalkIn, row.Attendance != null && row.Attendance.HasConflict))
            .ToListAsync(cancellationToken),
    };

    private string? WhyClosed(SessionPoint point) => point.Session.State switch
    {
        SessionState.Draft => T["Buổi này chưa phát hành nên chưa điểm danh."].Value,
        SessionState.Cancelled => T["Buổi này đã hủy: {0}", point.Session.Reason ?? ""].Value,
        SessionState.Published when !SessionLifecycle.IsWithinWindow(point.Session, clock.UtcNow()) =>
            T["Điểm danh mở từ {0}.", (point.Session.StartUtc - SessionLifecycle.OpensBefore).ToLongText()].Value,
        _ when point.ClosedUtc is { } closed => T["{0} đã chốt danh sách lúc {1}.", point.ClosedBy ?? "", closed.ToLongText()].Value,
        _ => null,
    };

    /// <summary>People of the point's surroundings who match what was typed and are not on this session's list.</summary>
    private async Task<List<WalkInCandidate>> FindCandidatesAsync(SessionPoint point, string? query, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return [];
        }

        var folded = VietnameseText.Fold(query);
        var code = query.Trim().ToUpperInvariant();
        var path = point.Path;
        return await db.Memberships.On(clock.Today())
            .Where(membership => membership.Person.Code == code || (membership.Team.Unit.Path.StartsWith(path) && membership.Person.FullNameFolded.Contains(folded)))
            .Where(membership => !db.Set<Invitation>().Any(invitation => invitation.SessionId == point.SessionId && invitation.PersonId == membership.PersonId))
            .OrderBy(membership => membership.Person.SortName)
            .Take(MostCandidates)
            .Select(membership => new WalkInCandidate(membership.Person.Code, membership.Person.FullName, membership.Team.Name, membership.Team.Unit.FullName))
            .ToListAsync(cancellationToken);
    }

    private static AttendanceInput ToInput(SheetEvent mark, string point)
    {
        var kind = ToKind(mark.Kind)!.Value;
        return new(mark.Id, mark.Member, point, kind.Kind, AttendanceMethod.Roster, mark.At.UtcDateTime) { Status = kind.Status };
    }

    private static (AttendanceKind Kind, AttendanceStatus? Status, AttendanceStatus Shown)? ToKind(string mark) => mark switch
    {
        "in" => (AttendanceKind.In, null, AttendanceStatus.Present),
        "late" => (AttendanceKind.Late, null, AttendanceStatus.Late),
        "left_early" => (AttendanceKind.LeftEarly, null, AttendanceStatus.LeftEarly),
        "absent" => (AttendanceKind.Absent, null, AttendanceStatus.Absent),
        "excused" => (AttendanceKind.Excused, null, AttendanceStatus.Excused),
        "none" => (AttendanceKind.Correction, null, AttendanceStatus.Unmarked),
        _ => null,
    };

    private string RejectionText(string? reason) => reason switch
    {
        "person_not_in_session" => T["người này không có trong danh sách mời; hãy thêm ở mục “Người đến thêm”."],
        "point_unknown" => T["buổi này không có điểm cầu ấy."],
        "out_of_scope" => T["người này hoặc điểm cầu này không thuộc phần việc của bạn."],
        "session_not_open" => T["buổi tập huấn chưa mở hoặc đã đóng."],
        "sheet_closed" => T["danh sách đã chốt; hãy mở lại rồi ghi."],
        "time_implausible" => T["đồng hồ của máy lệch quá xa; hãy chỉnh giờ rồi ghi lại."],
        _ => T["dấu này không dùng được."],
    };
}
