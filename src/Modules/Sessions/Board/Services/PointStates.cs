using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>Sets the state of many points at once, for one reason: a power cut rarely meets one commune (R41).</summary>
public sealed class PointStates(SiteDbContext db, SessionAccess access, PointService points, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int Attempts = 3;

    /// <summary>All of them or none. Each point that changes gets its own row in the log.</summary>
    /// <param name="code">Code of the session.</param>
    /// <param name="pointCodes">Codes of the points.</param>
    /// <param name="state">How they stand.</param>
    /// <param name="reason">Code from the list of reasons, or words; needed for <see cref="PointState.Absent"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many points stand otherwise than before.</returns>
    public async Task<Result<int>> SetAsync(string code, IReadOnlyCollection<string> pointCodes, PointState state, string? reason, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return access.NoSession(code);
        }

        if (Check(pointCodes, state, reason) is { } fault)
        {
            return fault;
        }

        var (reasonCode, reasonText) = await points.FindReasonAsync(reason, cancellationToken);
        string[] wanted = [.. pointCodes.Distinct()];
        for (var attempt = 1; ; attempt++)
        {
            var rows = await access.ServedPoints(session).AsTracking().Where(point => EF.Parameter(wanted).Contains(point.Code)).ToListAsync(cancellationToken);
            if (rows.Count < wanted.Length)
            {
                return new Fault("out_of_scope", T["Bạn không phụ trách điểm cầu {0} nên chưa điểm nào được ghi.", string.Join(", ", wanted.Except(rows.Select(point => point.Code)))], "Points", FaultKind.Forbidden);
            }

            if (state == PointState.Absent && await FindAttendedAsync(session.Id, rows, cancellationToken) is { Count: > 0 } attended)
            {
                return new Fault("people_present", T["Chưa điểm nào được ghi: {0} điểm đang có người có mặt ({1}). Bỏ chọn các điểm ấy, hoặc ghi “Mất kết nối” nếu họ mất điện giữa chừng.", attended.Count.ToVietnamese(), string.Join(", ", attended.Take(5))], "Points", FaultKind.Conflict);
            }

            var changed = Change(rows.FindAll(point => point.State != state || point.ReasonCode != reasonCode || point.ReasonText != reasonText), state, reasonCode, reasonText);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return changed;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // A point reported at the same moment: read again, what is said here still holds.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Names of those points at which somebody is present.</summary>
    private async Task<List<string>> FindAttendedAsync(Guid sessionId, List<SessionPoint> rows, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. rows.Select(point => point.Id)];
        var attended = await db.Attendances.OfThosePresent().Where(attendance => attendance.SessionId == sessionId && EF.Parameter(ids).Contains(attendance.PointId))
            .Select(attendance => attendance.PointId).Distinct().ToListAsync(cancellationToken);
        return [.. rows.Where(point => attended.Contains(point.Id)).Select(point => point.Name)];
    }

    private int Change(List<SessionPoint> rows, PointState state, string? reasonCode, string? reasonText)
    {
        var now = clock.UtcNow();
        foreach (var point in rows)
        {
            db.Add(new PointStateChange
            {
                PointId = point.Id,
                AtUtc = now,
                UserId = user.Id,
                UserName = user.Name,
                From = point.State,
                To = state,
                ReasonCode = reasonCode,
                ReasonText = reasonText,
            });
            (point.State, point.ReasonCode, point.ReasonText) = (state, reasonCode, reasonText);
        }

        return rows.Count;
    }

    private Fault? Check(IReadOnlyCollection<string> pointCodes, PointState state, string? reason) =>
        pointCodes.Count == 0 ? new Fault("points_missing", T["Hãy chọn ít nhất một điểm cầu."], "Points")
        : state == PointState.Absent && string.IsNullOrWhiteSpace(reason) ? new Fault("absence_without_reason", T["Hãy chọn hoặc ghi lý do vắng."], "Reason")
        : reason?.Length > 500 ? new Fault("text_too_long", T["Lý do dài {0} ký tự; nhiều nhất {1}.", reason.Length, 500], "Reason")
        : null;
}
