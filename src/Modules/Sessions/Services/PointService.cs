using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Services;

/// <summary>What a point says of itself.</summary>
/// <param name="State">How it stands; null leaves it.</param>
/// <param name="Reason">Code from the list of reasons, or words; needed for <see cref="PointState.Absent"/>.</param>
/// <param name="HeadCount">People counted in the room; null leaves it.</param>
/// <param name="OnlineCount">People counted on the line; null leaves it.</param>
/// <param name="Version">Version that the writer saw; null to write over whatever is there.</param>
public sealed record PointReport(PointState? State = null, string? Reason = null, int? HeadCount = null, int? OnlineCount = null, int? Version = null)
{
    /// <summary>Where a report comes from that was made on a device, maybe without signal; null for one made on a page, now.</summary>
    public ReportOrigin? Origin { get; init; }
}

/// <summary>A report from a device.</summary>
/// <param name="Id">Made by the device: the same report sent twice counts once.</param>
/// <param name="AtUtc">When, by the device's clock as far as that was right. The later report wins, in whatever order they arrive.</param>
/// <param name="Device">The device.</param>
public sealed record ReportOrigin(Guid Id, DateTime AtUtc, string Device);

/// <summary>What happens at a point on the day: its state, its counts, its sheet, the people who look after it.</summary>
public sealed class PointService(SiteDbContext db, SessionAccess access, WalkIns walkIns, SeatService seats, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>How long after closing, or after the last day for handing in, reports still come: a device without signal for days is no reason to lose one.</summary>
    public static readonly TimeSpan SettlesAfter = TimeSpan.FromDays(7);

    /// <summary>Takes a point's report: state with reason (R41), head counts (R40).</summary>
    public async Task<Result<SessionPoint>> ReportAsync(string code, string pointCode, PointReport report, CancellationToken cancellationToken = default)
    {
        var found = await access.FindPointToServeAsync(code, pointCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        var point = found.Value;
        if (CheckReport(point, report) is { } fault)
        {
            return fault;
        }

        if (IsSettled(point.Session) && !access.CanManage(point.Session))
        {
            return new Fault("session_settled", T["Buổi {0} đã đóng và chốt số. Cần sửa gì, hãy báo đơn vị tổ chức.", code], Kind: FaultKind.Conflict);
        }

        if (report.Origin is { } made && made.AtUtc <= point.Session.MarksFromUtc)
        {
            return new Fault("session_moved", T["Buổi {0} đã dời sang giờ khác sau khi ghi báo cáo này, nên báo cáo không tính cho giờ mới.", code], Kind: FaultKind.Conflict);
        }

        if (report.Origin is { } repeated && await db.PointStateChanges.AnyAsync(change => change.Id == repeated.Id, cancellationToken))
        {
            return point;
        }

        var (reasonCode, reasonText) = await FindReasonAsync(report.Reason, cancellationToken);
        var now = clock.UtcNow();
        var at = report.Origin?.AtUtc ?? now;
        var later = report.Origin is null ? [] : await db.PointStateChanges.Where(change => change.PointId == point.Id && change.AtUtc > at).Select(change => new { change.HeadCount, change.OnlineCount }).ToListAsync(cancellationToken);
        if (report.Origin is not null
            || (report.State is { } said && (said != point.State || reasonCode != point.ReasonCode || reasonText != point.ReasonText))
            || (report.HeadCount is { } heads && heads != point.HeadCount) || (report.OnlineCount is { } online && online != point.OnlineCount))
        {
            db.Add(new PointStateChange
            {
                Id = report.Origin?.Id ?? Guid.CreateVersion7(),
                PointId = point.Id,
                AtUtc = at,
                ReceivedUtc = report.Origin is null ? null : now,
                Device = report.Origin?.Device,
                UserId = user.Id,
                UserName = user.Name,
                From = point.State,
                To = report.State ?? point.State,
                ReasonCode = reasonCode,
                ReasonText = reasonText,
                HeadCount = report.HeadCount,
                OnlineCount = report.OnlineCount,
            });
        }

        if (report.State is { } state && later.Count == 0)
        {
            (point.State, point.ReasonCode, point.ReasonText) = (state, reasonCode, reasonText);
        }

        point.HeadCount = later.Exists(change => change.HeadCount is not null) ? point.HeadCount : report.HeadCount ?? point.HeadCount;
        point.OnlineCount = later.Exists(change => change.OnlineCount is not null) ? point.OnlineCount : report.OnlineCount ?? point.OnlineCount;
        return await SaveAsync(point, cancellationToken);
    }

    /// <summary>Closes the point's sheet: later marks are refused, those made before and sent late are taken.</summary>
    public Task<Result<SessionPoint>> CloseSheetAsync(string code, string pointCode, CancellationToken cancellationToken = default) =>
        ChangeSheetAsync(code, pointCode, point => (point.ClosedUtc, point.ClosedBy) = (point.ClosedUtc ?? clock.UtcNow(), point.ClosedBy ?? user.Name), cancellationToken);

    /// <summary>Opens the point's sheet again.</summary>
    public Task<Result<SessionPoint>> ReopenSheetAsync(string code, string pointCode, CancellationToken cancellationToken = default) =>
        ChangeSheetAsync(code, pointCode, point => (point.ClosedUtc, point.ClosedBy) = (null, null), cancellationToken);

    /// <summary>Names the accounts that look after a point; those not named no longer do.</summary>
    public async Task<Result<SessionPoint>> AssignCoordinatorsAsync(string code, string pointCode, IReadOnlyCollection<string> userNames, CancellationToken cancellationToken = default)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        var point = await db.SessionPoints.AsTracking().SingleOrDefaultAsync(point => point.SessionId == session.Value.Id && point.Code == pointCode, cancellationToken);
        if (point is null)
        {
            return new Fault("point_unknown", T["Buổi {0} không có điểm cầu {1}.", code, pointCode], Kind: FaultKind.NotFound);
        }

        var users = await NamedAccounts.FindAsync(db, userNames, "Coordinators", T, cancellationToken);
        if (!users.Succeeded)
        {
            return users.Faults.ToList();
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        await db.Set<PointCoordinator>().Where(coordinator => coordinator.PointId == point.Id).ExecuteDeleteAsync(cancellationToken);
        db.AddRange(users.Value.Select(account => new PointCoordinator { PointId = point.Id, UserId = account }));
        await db.SaveChangesAsync(cancellationToken);
        await db.RaiseRevisionAsync(session.Value.Id, cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return point;
    }

    /// <summary>Puts somebody who came uninvited on the list of a point, with their team of today. Marking them is an event like any other.</summary>
    public async Task<Result<Invitation>> AddWalkInAsync(string code, string pointCode, string memberCode, CancellationToken cancellationToken = default)
    {
        var found = await access.FindPointToServeAsync(code, pointCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var point = found.Value;
        if (point.Session.State is SessionState.Draft or SessionState.Cancelled)
        {
            return new Fault("session_not_open", T["Buổi {0} chưa phát hành hoặc đã hủy, nên chưa thêm người được.", code], Kind: FaultKind.Conflict);
        }

        var places = await walkIns.FindAsync(point.SessionId, new Dictionary<string, Guid>(StringComparer.Ordinal) { [memberCode] = point.Id }, cancellationToken);
        if (!places.TryGetValue(memberCode, out var place))
        {
            return new Fault("unknown_member", T["Không có thành viên mã {0} đang hoạt động. Xem mã ở trang của Tổ.", memberCode], "Member", FaultKind.NotFound);
        }

        if (await FindListedAsync(place, cancellationToken) is { } listed)
        {
            return listed;
        }

        db.Add(place);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return place;
        }
        catch (DbUpdateException)
        {
            // Another device was faster; anything else goes on its way.
            db.Entry(place).State = EntityState.Detached;
            if (await FindListedAsync(place, cancellationToken) is { } meanwhile)
            {
                return meanwhile;
            }

            throw;
        }
    }

    /// <summary>Tells an invited person to come to another point than that of their commune.</summary>
    public async Task<Result<Invitation>> MoveAsync(string code, string memberCode, string pointCode, CancellationToken cancellationToken = default)
    {
        var session = await access.FindToManageAsync(code, cancellationToken);
        if (!session.Succeeded)
        {
            return session.Faults.ToList();
        }

        var point = await db.SessionPoints.SingleOrDefaultAsync(point => point.SessionId == session.Value.Id && point.Code == pointCode, cancellationToken);
        var invitation = await db.Invitations.AsTracking().SingleOrDefaultAsync(invitation => invitation.SessionId == session.Value.Id && invitation.Person.Code == memberCode, cancellationToken);
        if (point is null || invitation is null)
        {
            return point is null
                ? new Fault("point_unknown", T["Buổi {0} không có điểm cầu {1}.", code, pointCode], "Point", FaultKind.NotFound)
                : new Fault("person_not_in_session", T["{0} không có trong danh sách của buổi {1}.", memberCode, code], "Member", FaultKind.NotFound);
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var turn = await seats.TakeTurnAsync(session.Value.Id, cancellationToken);
        invitation.MovedFromId ??= invitation.PointId;
        invitation.PointId = point.Id;
        await db.SaveChangesAsync(cancellationToken);
        await seats.FillAsync(turn, actor: null, [], cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return invitation;
    }

    /// <summary>A reason as it is stored: one of the list by its code or its words, or other words.</summary>
    public async Task<(string? Code, string? Text)> FindReasonAsync(string? reason, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return (null, null);
        }

        var words = VietnameseText.Clean(reason);
        var known = await db.AbsenceReasons.AsNoTracking().ToListAsync(cancellationToken);
        return known.Find(entry => entry.Code == words || VietnameseText.Fold(entry.Name) == VietnameseText.Fold(words)) is { } listed
            ? (listed.Code, null)
            : (AbsenceReason.Other, words);
    }

    /// <summary>That somebody has a place on the list already, and where.</summary>
    private async Task<Fault?> FindListedAsync(Invitation place, CancellationToken cancellationToken) =>
        await db.Invitations.Where(invitation => invitation.SessionId == place.SessionId && invitation.PersonId == place.PersonId)
            .Select(invitation => new { invitation.Person.FullName, Point = invitation.Point.Name }).SingleOrDefaultAsync(cancellationToken) is { } listed
            ? new Fault("already_invited", T["{0} đã có trong danh sách, ở {1}.", listed.FullName, listed.Point], "Member", FaultKind.Conflict)
            : null;

    /// <summary>Whether what the points say of it stands for good (R42): taken over from a past list, or closed so long ago that what came late has come.</summary>
    private bool IsSettled(TrainingSession session) =>
        session.IsImported || (session is { State: SessionState.Closed, ClosedUtc: { } closed } && clock.UtcNow() > (session.HandInUtc > closed ? session.HandInUtc.Value : closed) + SettlesAfter);

    private Fault? CheckReport(SessionPoint point, PointReport report) =>
        report.Version is { } seen && seen != point.Version ? ChangedMeanwhile(point)
        : report.State == PointState.Absent && string.IsNullOrWhiteSpace(report.Reason) ? new Fault("absence_without_reason", T["Hãy chọn hoặc ghi lý do vắng của {0}.", point.Name], "Reason")
        : report.Reason?.Length > 500 ? new Fault("text_too_long", T["Lý do dài {0} ký tự; nhiều nhất {1}.", report.Reason.Length, 500], "Reason")
        : report.HeadCount is < 0 || report.OnlineCount is < 0 ? new Fault("count_invalid", T["Số người không thể nhỏ hơn 0."], "HeadCount")
        : null;

    private async Task<Result<SessionPoint>> ChangeSheetAsync(string code, string pointCode, Action<SessionPoint> change, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, pointCode, cancellationToken);
        if (!found.Succeeded)
        {
            return found;
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        change(found.Value);
        var saved = await SaveAsync(found.Value, cancellationToken);
        if (!saved.Succeeded)
        {
            return saved;
        }

        await db.RaiseRevisionAsync(found.Value.SessionId, cancellationToken);
        await transaction.FinishAsync(cancellationToken);
        return saved;
    }

    private async Task<Result<SessionPoint>> SaveAsync(SessionPoint point, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return point;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile(point);
        }
    }

    private Fault ChangedMeanwhile(SessionPoint point) => new("changed_meanwhile", T["Trong lúc bạn nhập, người khác đã cập nhật {0}. Hãy mở lại trang để xem bản mới.", point.Name], Kind: FaultKind.Conflict);
}
