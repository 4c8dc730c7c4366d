using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Services;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// Counts a session (R40-R42): marks by name where there are names, head counts where there are none, and never both for one point.
/// </summary>
public sealed class SessionStatistics(SiteDbContext db, TimeProvider clock)
{
    /// <summary>The counts of that part of a session which lies in the scope.</summary>
    public async Task<SessionFigures> CountAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken = default)
    {
        var day = DateOnly.FromDateTime(VietnamTime.ToLocal(session.StartUtc));
        var units = await ReadUnitsAsync(day, scope, cancellationToken);
        var marks = await ReadMarksAsync(session, scope, cancellationToken);
        var teams = await CountTeamsAsync(session, scope, cancellationToken);
        var reasons = await db.AbsenceReasons.AsNoTracking().ToDictionaryAsync(reason => reason.Code, reason => reason.Name, cancellationToken);
        var rows = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == session.Id).InScope(scope, point => point.Path)
            .OrderBy(point => point.Code).ToListAsync(cancellationToken);
        var communeCodes = units.Values.Where(unit => unit.Level == UnitLevel.Commune).ToDictionary(unit => unit.Path, unit => unit.Code, StringComparer.Ordinal);
        var points = rows.ConvertAll(row => ToFigures(row, CommuneOf(row, communeCodes), session, marks, reasons));
        var rowsByCode = rows.ToDictionary(row => row.Code);

        var communes = units.Values.Where(unit => unit.Level == UnitLevel.Commune)
            .Select(unit => ToCommune(unit, points.Where(point => point.CommuneCode == unit.Code).ToList(), rowsByCode, marks, teams, session))
            .OfType<UnitFigures>().OrderBy(commune => commune.Code, StringComparer.Ordinal).ToList();
        var districts = units.Values.Where(unit => unit.Level == UnitLevel.District)
            .Select(unit => ToDistrict(unit, communes)).OfType<UnitFigures>().OrderBy(district => district.Code, StringComparer.Ordinal).ToList();
        return new(ToWhole(marks, points, rowsByCode, teams.Values.Sum(), session), districts, communes, points, rows.Exists(row => row.TeamsPresent is not null) || teams.Count > 0,
            session.State is SessionState.Open or SessionState.Closed || clock.UtcNow() >= session.StartUtc);
    }

    /// <summary>Communes and districts of the session's day; of a day before the first unit was recorded, those recorded first.</summary>
    private async Task<Dictionary<string, AdministrativeUnit>> ReadUnitsAsync(DateOnly day, UnitScope scope, CancellationToken cancellationToken)
    {
        var first = await db.Units.MinAsync(unit => (DateOnly?)unit.ValidFrom, cancellationToken) ?? day;
        return await db.Units.AsNoTracking().On(day < first ? first : day)
            .Where(unit => unit.Level == UnitLevel.Commune || unit.Level == UnitLevel.District)
            .InScope(scope, unit => unit.Path)
            .ToDictionaryAsync(unit => unit.Code, cancellationToken);
    }

    private async Task<List<Mark>> ReadMarksAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var noticed = session.State == SessionState.Closed ? Notices.Of(db, session) : db.Invitations.Where(_ => false);
        var marks =
            from invitation in db.Invitations.Where(invitation => invitation.SessionId == session.Id).InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId } into found
            from attendance in found.DefaultIfEmpty()
            join notice in noticed on invitation.PersonId equals notice.PersonId into notices
            from notice in notices.DefaultIfEmpty()
            group invitation by new
            {
                InvitedTo = invitation.PointId,
                CameTo = attendance == null ? (Guid?)null : attendance.PointId,
                invitation.CommuneCode,
                invitation.IsWalkIn,
                Status = attendance == null ? (AttendanceStatus?)null : attendance.Status,
                HasNotice = notice != null,
            } into cell
            select new Mark(cell.Key.InvitedTo, cell.Key.CameTo, cell.Key.CommuneCode, cell.Key.IsWalkIn, cell.Key.Status, cell.Key.HasNotice, cell.Count());
        return await marks.ToListAsync(cancellationToken);
    }

    private async Task<Dictionary<string, int>> CountTeamsAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var teams =
            from invitation in db.Invitations.Where(invitation => invitation.SessionId == session.Id).InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances.Where(attendance => attendance.Status == AttendanceStatus.Present || attendance.Status == AttendanceStatus.Late || attendance.Status == AttendanceStatus.LeftEarly)
                on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId }
            group invitation.TeamId by invitation.CommuneCode into commune
            select new { Commune = commune.Key, Count = commune.Distinct().Count() };
        return await teams.ToDictionaryAsync(row => row.Commune ?? "", row => row.Count, cancellationToken);
    }

    private static PointFigures ToFigures(SessionPoint row, string? communeCode, TrainingSession session, List<Mark> marks, Dictionary<string, string> reasons)
    {
        // Somebody who came to another point is invited here and present there.
        var figures = Count(session, [.. marks.Where(mark => mark.InvitedTo == row.Id && !IsThere(mark))], [.. marks.Where(mark => (mark.CameTo ?? mark.InvitedTo) == row.Id && IsThere(mark))]);
        var invited = marks.Where(mark => mark.InvitedTo == row.Id && !mark.IsWalkIn).Sum(mark => mark.Count);
        var counted = row.HeadCount is null && row.OnlineCount is null ? (int?)null : (row.HeadCount ?? 0) + (row.OnlineCount ?? 0);
        var reason = row.ReasonText ?? (row.ReasonCode is { } code ? reasons.GetValueOrDefault(code, code) : null);
        return new(row.Id, row.Code, row.Name, communeCode, row.State, reason, row.ClosedUtc is not null, figures with
        {
            Invited = row.ReportedInvited ?? invited,
            HeadCount = counted,
            OnlineCount = row.OnlineCount,
            Attended = figures.Named > 0 ? figures.Named : counted ?? 0,
            Teams = row.TeamsPresent ?? 0,
        });
    }

    private static UnitFigures? ToCommune(AdministrativeUnit unit, List<PointFigures> points, Dictionary<string, SessionPoint> rows, List<Mark> marks, Dictionary<string, int> teams, TrainingSession session)
    {
        List<Mark> own = [.. marks.Where(mark => mark.CommuneCode == unit.Code)];
        if (points.Count == 0 && own.Count == 0)
        {
            return null;
        }

        var figures = ToWhole(own, points, rows, teams.GetValueOrDefault(unit.Code), session);
        var present = figures.Attended > 0 || points.Exists(point => point.IsPresent);
        return new(unit.Code, unit.Name, unit.Path, points.Count, points.Count(point => point.IsPresent), 1, present ? 1 : 0, present ? null : points.Select(point => point.Reason).FirstOrDefault(reason => reason is not null), figures);
    }

    /// <summary>People by name, and the head counts of the points without names.</summary>
    private static AttendanceFigures ToWhole(List<Mark> marks, List<PointFigures> points, Dictionary<string, SessionPoint> rows, int teams, TrainingSession session)
    {
        var figures = Count(session, [.. marks.Where(mark => !IsThere(mark))], [.. marks.Where(IsThere)]);
        return figures with
        {
            Invited = marks.Where(mark => !mark.IsWalkIn).Sum(mark => mark.Count) + points.Sum(point => rows[point.Code].ReportedInvited ?? 0),
            HeadCount = points.Exists(point => point.Figures.HeadCount is not null) ? points.Sum(point => point.Figures.HeadCount ?? 0) : null,
            OnlineCount = points.Exists(point => point.Figures.OnlineCount is not null) ? points.Sum(point => point.Figures.OnlineCount ?? 0) : null,
            Attended = figures.Named + points.Where(point => point.Figures.Named == 0).Sum(point => point.Figures.Attended),
            Teams = teams + points.Sum(point => point.Figures.Teams),
        };
    }

    private static UnitFigures? ToDistrict(AdministrativeUnit unit, List<UnitFigures> communes)
    {
        List<UnitFigures> own = communes.FindAll(commune => commune.Path.StartsWith(unit.Path, StringComparison.Ordinal));
        return own.Count == 0 ? null : new(
            unit.Code, unit.Name, unit.Path, own.Sum(commune => commune.Points), own.Sum(commune => commune.PointsPresent), own.Count, own.Count(commune => commune.IsPresent), null,
            own.Select(commune => commune.Figures).Aggregate((sum, part) => sum + part));
    }

    private static AttendanceFigures Count(TrainingSession session, List<Mark> away, List<Mark> there)
    {
        List<Mark> none = away.FindAll(mark => (mark.Status is null or AttendanceStatus.Unmarked) && !mark.IsWalkIn);
        var unmarked = none.Sum(mark => mark.Count);
        var noticed = none.Where(mark => mark.HasNotice).Sum(mark => mark.Count);
        var closed = session.State == SessionState.Closed;
        int Of(List<Mark> marks, AttendanceStatus status) => marks.Where(mark => mark.Status == status).Sum(mark => mark.Count);
        return new()
        {
            Present = Of(there, AttendanceStatus.Present),
            Late = Of(there, AttendanceStatus.Late),
            LeftEarly = Of(there, AttendanceStatus.LeftEarly),
            Absent = Of(away, AttendanceStatus.Absent) + (closed ? unmarked - noticed : 0),
            Excused = Of(away, AttendanceStatus.Excused) + (closed ? noticed : 0),
            Unmarked = closed ? 0 : unmarked,
            WalkIns = there.Where(mark => mark.IsWalkIn).Sum(mark => mark.Count),
        };
    }

    private static bool IsThere(Mark mark) => mark.Status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly;

    /// <summary>The commune in whose subtree the point's unit lies.</summary>
    private static string? CommuneOf(SessionPoint point, Dictionary<string, string> communeCodes)
    {
        for (var end = point.Path.Length; end > 0; end = point.Path.LastIndexOf('/', end - 2) + 1)
        {
            if (communeCodes.TryGetValue(point.Path[..end], out var code))
            {
                return point.UnitId is null ? null : code;
            }

            if (end < 2)
            {
                break;
            }
        }

        return null;
    }

    private sealed record Mark(Guid InvitedTo, Guid? CameTo, string? CommuneCode, bool IsWalkIn, AttendanceStatus? Status, bool HasNotice, int Count);
}
