using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Makes up for a session in one step (R43).</summary>
public sealed class MakeupService(
    SiteDbContext db, SessionAccess access, SessionValidator validator, SessionCopier copier, SessionCodes codes, SessionLifecycle lifecycle, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Whom the session missed. Of a make-up: whom its original missed, as a make-up of a make-up makes up for the original.</summary>
    public async Task<Result<MakeupOverview>> ReadAsync(string code, CancellationToken cancellationToken = default)
    {
        var found = await access.FindToManageAsync(code, cancellationToken);
        if (found is { Succeeded: true, Value.MakeupOfId: { } originalId })
        {
            var originalCode = await db.Sessions.Where(session => session.Id == originalId).Select(session => session.Code).SingleAsync(cancellationToken);
            found = await access.FindToManageAsync(originalCode, cancellationToken);
        }

        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var original = found.Value;
        if (CheckOriginal(original) is { } fault)
        {
            return fault;
        }

        var cells = await db.Missed(original.Id)
            .GroupJoin(db.Attendances.Where(attendance => attendance.SessionId == original.Id), invitation => invitation.PersonId, attendance => attendance.PersonId, (invitation, found) => new { invitation, found })
            .SelectMany(pair => pair.found.DefaultIfEmpty(), (pair, attendance) => new { pair.invitation.PointId, Status = attendance == null ? null : (AttendanceStatus?)attendance.Status })
            .GroupBy(row => new { row.PointId, row.Status })
            .Select(group => new { group.Key.PointId, group.Key.Status, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var attended = db.Attendances.Where(attendance => attendance.SessionId == original.Id && MissedPeople.There.Contains(attendance.Status)).Select(attendance => attendance.PointId);
        var rows = await db.SessionPoints.Where(point => point.SessionId == original.Id).OrderBy(point => point.Code)
            .Select(point => new
            {
                point.Id,
                point.Code,
                point.Name,
                point.State,
                Reason = point.ReasonText ?? db.Set<AbsenceReason>().Where(reason => reason.Code == point.ReasonCode).Select(reason => reason.Name).FirstOrDefault(),
                IsMissed = point.State == PointState.Absent || point.State == PointState.Lost || (!attended.Contains(point.Id) && (point.HeadCount ?? 0) + (point.OnlineCount ?? 0) == 0),
            })
            .ToListAsync(cancellationToken);
        var people = cells.ToLookup(cell => cell.PointId);
        var points = rows.ConvertAll(row => new MissedPoint(row.Id, row.Code, row.Name, row.State, row.Reason, row.IsMissed, people[row.Id].Sum(cell => cell.Count))).FindAll(point => point.People > 0);
        var reasons = points.SelectMany(point => people[point.Id].Select(cell => (Text: ReasonOf(point, cell.Status), point.Code, cell.Count)))
            .GroupBy(part => part.Text)
            .Select(group => new MissedReason(group.Key, group.Sum(part => part.Count), group.Select(part => part.Code).Distinct().Count()))
            .OrderByDescending(reason => reason.People).ToList();
        return new MakeupOverview(original, points, reasons, await ReadMakeupsAsync(original.Id, cancellationToken));
    }

    /// <summary>The make-ups of a session by day.</summary>
    public Task<List<PlannedMakeup>> ReadMakeupsAsync(Guid originalId, CancellationToken cancellationToken = default) =>
        db.Sessions.Where(session => session.MakeupOfId == originalId && session.State != SessionState.Cancelled).OrderBy(session => session.StartUtc).ThenBy(session => session.Code)
            .Select(session => new PlannedMakeup(session.Code, session.Title, session.State, session.StartUtc,
                db.Set<Invitation>().Count(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn),
                db.Set<Attendance>().Count(attendance => attendance.SessionId == session.Id && MissedPeople.There.Contains(attendance.Status))))
            .ToListAsync(cancellationToken);

    /// <summary>Makes the make-up: a draft, or published at once. All or nothing.</summary>
    public async Task<Result<MakeupOutcome>> CreateAsync(string code, MakeupDraft draft, CancellationToken cancellationToken = default)
    {
        var read = await ReadAsync(code, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Faults.ToList();
        }

        var overview = read.Value;
        var original = overview.Original;
        var faults = new List<Fault>();
        var points = Choose(overview, draft, faults);
        var wanted = string.IsNullOrWhiteSpace(draft.Code) ? await codes.FindFreeAsync($"{original.Code}-HB", cancellationToken) : draft.Code.Trim();
        string title = string.IsNullOrWhiteSpace(draft.Title) ? T["Học bù: {0}", original.Title] : VietnameseText.Clean(draft.Title);
        title = string.IsNullOrWhiteSpace(draft.Title) && title.Length > 300 ? title[..300] : title;
        validator.CheckNames(wanted, title, faults);
        var before = faults.Count;
        validator.CheckBlocks(draft.Blocks, faults);
        if (draft.MustBeAhead && faults.Count == before && draft.Blocks[^1].EndUtc <= clock.UtcNow())
        {
            faults.Add(new("session_over", T["Giờ học bù đã qua ({0}). Hãy sửa ngày, hoặc lưu bản nháp trước nếu bạn nhập để ghi sổ.", draft.Blocks[^1].EndUtc.ToLongText()], "Blocks"));
        }

        if (faults.Count > 0)
        {
            return faults;
        }

        await using var transaction = await db.BeginUnlessRunningAsync(cancellationToken);
        var copied = await copier.CopyAsync(original, new(wanted, title, draft.Blocks)
        {
            PointIds = points.Select(point => point.Id).ToHashSet(),
            KeepsEndedUnits = true,
            MakeupOfId = original.Id,
        }, cancellationToken);
        if (!copied.Succeeded)
        {
            return copied.Faults.ToList();
        }

        if (draft.Scope == MakeupScope.Points || draft.Points is { Count: > 0 })
        {
            db.AddRange(points.Select(point => new MakeupPoint { SessionId = copied.Value.Session.Id, PointId = point.Id }));
            await db.SaveChangesAsync(cancellationToken);
        }

        if (draft.Publish && await lifecycle.PublishAsync(wanted, cancellationToken: cancellationToken) is { Succeeded: false } refused)
        {
            return refused.Faults.ToList();
        }

        await transaction.FinishAsync(cancellationToken);
        return new MakeupOutcome(copied.Value.Session, points.Sum(point => point.People), points.Count);
    }

    private Fault? CheckOriginal(TrainingSession original) =>
        original.IsRehearsal ? new("makeup_of_rehearsal", T["Buổi {0} là buổi diễn tập, không cần học bù.", original.Code], Kind: FaultKind.Conflict)
        : original.IsImported ? new("makeup_without_names", T["Buổi {0} chỉ có số đếm, không có danh sách tên, nên không biết ai cần học bù.", original.Code], Kind: FaultKind.Conflict)
        : original.State is SessionState.Draft or SessionState.Cancelled || (original.State != SessionState.Closed && original.EndUtc > clock.UtcNow())
            ? new("session_not_over", T["Buổi {0} chưa kết thúc. Học bù chỉ mở được sau khi buổi đã qua.", original.Code], Kind: FaultKind.Conflict)
        : null;

    private IReadOnlyList<MissedPoint> Choose(MakeupOverview overview, MakeupDraft draft, List<Fault> faults)
    {
        var points = overview.For(draft.Scope);
        if (draft.Points is { Count: > 0 } chosen)
        {
            for (var index = 0; index < chosen.Count; index++)
            {
                if (!points.Any(point => point.Code == chosen[index]))
                {
                    faults.Add(draft.Scope == MakeupScope.Points && overview.Points.Any(point => point.Code == chosen[index])
                        ? new("point_not_missed", T["Điểm cầu {0} đã có người dự. Muốn mời riêng những người vắng ở đó, hãy chọn “mọi người chưa dự”.", chosen[index]], $"Points[{index}]")
                        : new("point_unknown", T["Điểm cầu {0} không có ai cần học bù.", chosen[index]], $"Points[{index}]"));
                }
            }

            return [.. points.Where(point => chosen.Contains(point.Code))];
        }

        if (points.Count == 0)
        {
            faults.Add(new("nobody_missed", T["Không còn ai cần học bù cho buổi {0}.", overview.Original.Code], "Scope", FaultKind.Conflict));
        }

        return points;
    }

    private string ReasonOf(MissedPoint point, AttendanceStatus? status) =>
        point.State is PointState.Absent or PointState.Lost ? (point.Reason is { } reason ? T["điểm cầu {0}", reason] : T["điểm cầu vắng hoặc mất kết nối"])
        : status switch
        {
            AttendanceStatus.Excused => T["vắng có phép"],
            AttendanceStatus.Absent => T["vắng"],
            _ => T["không có điểm danh"],
        };
}
