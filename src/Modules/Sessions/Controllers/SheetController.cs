using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Offline;
using TrainingSite.Sessions.Paper;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Controllers;

/// <summary>"Điểm danh": the sheet of one point, for the coordinator's thumb.</summary>
[Authorize]
[Route("sessions/{code}/points/{point}/sheet")]
public sealed class SheetController(
    SiteDbContext db, SessionAccess access, CheckInService checkIn, PointService points, PointContacts contacts, CardService cards, PaperNumbers numbers, CurrentUser user, INotifier notifier, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    private const int MostCandidates = 20;

    [HttpGet("")]
    public async Task<IActionResult> Show(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        contacts.TouchBy(access, found.Value);
        return View(await ModelAsync(found.Value, cancellationToken));
    }

    /// <summary>One mark by a plain form, for browsers without script.</summary>
    [HttpPost("mark")]
    public async Task<IActionResult> Mark(string code, string point, string? member, string kind, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(member))
        {
            return NobodyChosen(nameof(Show), code, point);
        }

        if (SheetMark.Find(kind) is not { } mark)
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
            notifier.Error(T["Chưa ghi được {0}: {1}", name, T.RejectionText(result.Value.Reason)]);
        }
        else
        {
            notifier.Success(T["Đã ghi: {0}, {1}", name, T.StatusBadge(mark.Shown).Text.ToLowerInvariant()]);
        }

        return RedirectToAction(nameof(Show), new { code, point });
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
    public async Task<IActionResult> AddWalkIn(string code, string point, string? member, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(member))
        {
            return NobodyChosen(nameof(WalkIn), code, point);
        }

        var added = await points.AddWalkInAsync(code, point, member.Trim(), cancellationToken);
        if (!added.Succeeded)
        {
            notifier.Error(added.Faults[0].Message);
            return RedirectToAction(nameof(WalkIn), new { code, point, q = member });
        }

        return await Mark(code, point, member.Trim(), "in", cancellationToken);
    }

    private RedirectToActionResult NobodyChosen(string action, string code, string point)
    {
        notifier.Error(T["Hãy chọn một người trong danh sách, hoặc gõ mã thành viên."]);
        return RedirectToAction(action, new { code, point });
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

    private async Task<SheetModel> ModelAsync(SessionPoint point, CancellationToken cancellationToken)
    {
        // Who sits here is on this sheet, wherever they were invited: people are counted where they are.
        var visitors = await db.Attendances.OfThosePresent()
            .Where(attendance => attendance.SessionId == point.SessionId && attendance.PointId == point.Id
                && db.Set<Invitation>().Any(invitation => invitation.SessionId == point.SessionId && invitation.PersonId == attendance.PersonId && invitation.PointId != point.Id))
            .Select(attendance => attendance.PersonId).ToArrayAsync(cancellationToken);
        var people = db.Invitations.Where(invitation => invitation.SessionId == point.SessionId && (invitation.PointId == point.Id || EF.Parameter(visitors).Contains(invitation.PersonId)));
        var issues = await cards.ReissuedAsync(people.Select(invitation => invitation.PersonId), cancellationToken);
        var codes = await numbers.CodesOfAsync(point.Id, cancellationToken);
        var rows = await people
            .OrderBy(invitation => invitation.Person.SortName).ThenBy(invitation => invitation.Person.Code)
            .Select(invitation => new
            {
                invitation.PersonId,
                invitation.Person.Code,
                invitation.Person.FullName,
                invitation.TeamName,
                invitation.IsWalkIn,
                InvitedTo = invitation.PointId == point.Id ? null : invitation.Point.Name,
                Notice = invitation.Response == InvitationResponse.Declined ? invitation.ResponseReason ?? "" : null,
                Attendance = db.Set<Attendance>().SingleOrDefault(attendance => attendance.SessionId == invitation.SessionId && attendance.PersonId == invitation.PersonId),
            })
            .ToListAsync(cancellationToken);
        // Who has no mark is absent for good once the sheet is closed: it says what reports count.
        var excused = point.ClosedUtc is not null || point.Session.State == SessionState.Closed ? (await people.Excused(db).Select(invitation => invitation.PersonId).ToListAsync(cancellationToken)).ToHashSet() : null;
        Guid[] elsewhere = [.. rows.Where(row => row.Attendance?.Status.IsThere() == true && row.Attendance.PointId != point.Id).Select(row => row.Attendance!.PointId).Distinct()];
        var places = elsewhere.Length == 0 ? [] : await db.SessionPoints.Where(other => EF.Parameter(elsewhere).Contains(other.Id)).ToDictionaryAsync(other => other.Id, other => other.Name, cancellationToken);
        return new()
        {
            Point = point,
            Session = point.Session,
            UserId = user.Id,
            UserName = user.Name,
            GeneratedUtc = clock.UtcNow(),
            ClosedBecause = WhyClosed(point),
            OpensUtc = point.Session.State == SessionState.Published && !SessionLifecycle.IsWithinWindow(point.Session, clock.UtcNow()) ? point.Session.StartUtc - SessionLifecycle.OpensBefore : null,
            Reasons = await db.Set<AbsenceReason>().AsNoTracking().OrderBy(reason => reason.Order).ToListAsync(cancellationToken),
            Guests = await db.Set<Guest>().AsNoTracking().Where(guest => guest.PointId == point.Id && guest.SettledUtc == null).OrderBy(guest => guest.AtUtc).ToListAsync(cancellationToken),
            CardKey = cards.PublicKey,
            Rows = [.. rows.Select(row => new SheetRow(row.Code, row.FullName, row.TeamName, StatusOf(row.Attendance, row.PersonId), row.IsWalkIn, row.Attendance?.HasConflict ?? false)
            {
                OutUtc = row.Attendance?.LastOutUtc,
                Notice = row.Notice,
                InvitedTo = row.InvitedTo,
                Elsewhere = row.Attendance?.Status.IsThere() == true ? places.GetValueOrDefault(row.Attendance.PointId) : null,
                PaperCode = codes.GetValueOrDefault(row.PersonId),
                CardIssue = issues.GetValueOrDefault(row.PersonId, CardService.FirstIssue),
            })],
        };

        AttendanceStatus StatusOf(Attendance? attendance, Guid person)
        {
            var status = attendance?.Status ?? AttendanceStatus.Unmarked;
            return excused is null ? status : status.OnceClosed(excused.Contains(person));
        }
    }

    /// <summary>Why the list takes no marks; before the time it only waits, because the page may be on its way to a place without signal.</summary>
    private string? WhyClosed(SessionPoint point) => point.Session.State switch
    {
        SessionState.Draft => T["Buổi này chưa phát hành nên chưa điểm danh."].Value,
        SessionState.Cancelled => T["Buổi này đã hủy: {0}", point.Session.Reason ?? ""].Value,
        // What devices marked before the closing and send later is taken all the same: that needs no button.
        SessionState.Closed => T["Buổi này đã đóng ({0}), không nhận thêm dấu. Dấu máy đã ghi trước đó vẫn tự gửi, tờ giấy ký trước đó vẫn nhập được. Cần sửa thì báo người tổ chức mở lại buổi.", (point.Session.ClosedUtc ?? point.Session.EndUtc).ToLongText()].Value,
        _ when point.ClosedUtc is { } closed => T["{0} đã chốt danh sách: {1}. Tờ giấy ký trước đó vẫn nhập được.", point.ClosedBy ?? "", closed.ToLongText()].Value,
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
}
