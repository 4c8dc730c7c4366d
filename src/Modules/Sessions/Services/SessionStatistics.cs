using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Makeup;
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
        var (units, communeCodes) = await ReadUnitsAsync(session, scope, cancellationToken);
        var marks = await ReadMarksAsync(session, scope, cancellationToken);
        var madeUp = await ReadMadeUpAsync(session, scope, cancellationToken);
        var teams = await CountTeamsAsync(session, scope, cancellationToken);
        var reasons = await db.AbsenceReasons.AsNoTracking().ToDictionaryAsync(reason => reason.Code, reason => reason.Name, cancellationToken);
        var rows = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == session.Id).InScope(scope, point => point.Path)
            .OrderBy(point => point.Code).ToListAsync(cancellationToken);
        var points = rows.ConvertAll(row => ToFigures(row, CommuneOf(row, communeCodes), session, marks, madeUp, reasons));
        var rowsByCode = rows.ToDictionary(row => row.Code);

        var pointsOf = points.ToLookup(point => point.CommuneCode);
        var marksOf = marks.ToLookup(mark => mark.CommuneCode);
        var communes = units.Values.Where(unit => unit.Level == UnitLevel.Commune)
            .Select(unit => ToCommune(unit, [.. pointsOf[unit.Code]], rowsByCode, [.. marksOf[unit.Code]], madeUp, teams, session))
            .OfType<UnitFigures>().OrderBy(commune => commune.Code, StringComparer.Ordinal).ToList();
        var districts = units.Values.Where(unit => unit.Level == UnitLevel.District)
            .Select(unit => ToDistrict(unit, communes)).OfType<UnitFigures>().OrderBy(district => district.Code, StringComparer.Ordinal).ToList();
        return new(ToWhole(marks, points, rowsByCode, madeUp, teams.Values.Sum(), session), districts, communes, points, rows.Exists(row => row.TeamsPresent is not null) || teams.Count > 0,
            session.State == SessionState.Closed || clock.UtcNow() >= session.StartUtc);
    }

    /// <summary>
    /// Communes and districts as they were when the list was frozen, which is what the list tells of: a merger between then and now, or
    /// between then and the session, changes nothing. Those of the session's day are added for whoever came from a unit that is newer. Of
    /// days before the first unit was recorded, those recorded first.
    /// </summary>
    private async Task<(Dictionary<string, AdministrativeUnit> ByCode, Dictionary<string, string> CommuneCodes)> ReadUnitsAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var first = await db.Units.MinAsync(unit => (DateOnly?)unit.ValidFrom, cancellationToken) ?? DateOnly.MinValue;
        var publishedUtc = session.MakeupOfId is { } originalId
            ? await db.Sessions.Where(original => original.Id == originalId).Select(original => original.PublishedUtc).SingleOrDefaultAsync(cancellationToken)
            : session.PublishedUtc;
        var held = DayOf(session.StartUtc);
        var listed = publishedUtc is { } published ? DayOf(published) : held;
        var units = await db.Units.AsNoTracking()
            .Where(unit => (unit.ValidFrom <= listed && (unit.ValidTo == null || unit.ValidTo > listed)) || (unit.ValidFrom <= held && (unit.ValidTo == null || unit.ValidTo > held)))
            .Where(unit => unit.Level == UnitLevel.Commune || unit.Level == UnitLevel.District)
            .InScope(scope, unit => unit.Path)
            .ToListAsync(cancellationToken);
        return (
            units.OrderByDescending(unit => unit.ValidFrom <= listed && (unit.ValidTo is null || unit.ValidTo > listed)).DistinctBy(unit => unit.Code).ToDictionary(unit => unit.Code, StringComparer.Ordinal),
            units.Where(unit => unit.Level == UnitLevel.Commune).DistinctBy(unit => unit.Path).ToDictionary(unit => unit.Path, unit => unit.Code, StringComparer.Ordinal));

        DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(VietnamTime.ToLocal(utc)) is var day && day < first ? first : day;
    }

    private async Task<List<Mark>> ReadMarksAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var noticed = session.State == SessionState.Closed ? db.Invitations.Where(invitation => invitation.SessionId == session.Id).Excused(db) : db.Invitations.Where(_ => false);
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

    /// <summary>Those of the list who were not there and have made up for it since; nobody unless there are make-ups.</summary>
    private async Task<List<MadeUp>> ReadMadeUpAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var makeups = session.MakeupOfId is null ? await db.Sessions.Where(makeup => makeup.MakeupOfId == session.Id && makeup.State != SessionState.Cancelled).Select(makeup => makeup.Id).ToArrayAsync(cancellationToken) : [];
        if (makeups.Length == 0)
        {
            return [];
        }

        return await db.Invitations.Where(invitation => invitation.SessionId == session.Id && !invitation.IsWalkIn).InScope(scope, invitation => invitation.UnitPath)
            .Where(invitation => !db.Set<Attendance>().Any(attendance => attendance.SessionId == session.Id && attendance.PersonId == invitation.PersonId && MissedPeople.There.Contains(attendance.Status)))
            .Where(invitation => db.Set<Attendance>().Any(attendance => EF.Parameter(makeups).Contains(attendance.SessionId) && attendance.PersonId == invitation.PersonId && MissedPeople.There.Contains(attendance.Status)))
            .GroupBy(invitation => new { invitation.PointId, invitation.CommuneCode })
            .Select(cell => new MadeUp(cell.Key.PointId, cell.Key.CommuneCode, cell.Count()))
            .ToListAsync(cancellationToken);
    }

    private async Task<Dictionary<string, int>> CountTeamsAsync(TrainingSession session, UnitScope scope, CancellationToken cancellationToken)
    {
        var teams =
            from invitation in db.Invitations.Where(invitation => invitation.SessionId == session.Id).InScope(scope, invitation => invitation.UnitPath)
            join attendance in db.Attendances.OfThosePresent()
                on new { invitation.SessionId, invitation.PersonId } equals new { attendance.SessionId, attendance.PersonId }
            group invitation.TeamId by invitation.CommuneCode into commune
            select new { Commune = commune.Key, Count = commune.Distinct().Count() };
        return await teams.ToDictionaryAsync(row => row.Commune ?? "", row => row.Count, cancellationToken);
    }

    private static PointFigures ToFigures(SessionPoint row, string? communeCode, TrainingSession session, List<Mark> marks, List<MadeUp> madeUp, Dictionary<string, string> reasons)
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
            MadeUp = madeUp.Where(cell => cell.PointId == row.Id).Sum(cell => cell.Count),
        });
    }

    private static UnitFigures? ToCommune(AdministrativeUnit unit, List<PointFigures> points, Dictionary<string, SessionPoint> rows, List<Mark> own, List<MadeUp> madeUp, Dictionary<string, int> teams, TrainingSession session)
    {
        if (points.Count == 0 && own.Count == 0)
        {
            return null;
        }

        var figures = ToWhole(own, points, rows, [.. madeUp.Where(cell => cell.CommuneCode == unit.Code)], teams.GetValueOrDefault(unit.Code), session);
        var present = figures.Attended > 0 || points.Exists(point => point.IsPresent);
        return new(unit.Code, unit.Name, unit.Path, points.Count, points.Count(point => point.IsPresent), 1, present ? 1 : 0, present ? null : points.Select(point => point.Reason).FirstOrDefault(reason => reason is not null), figures);
    }

    /// <summary>People by name, and the head counts of the points without names.</summary>
    private static AttendanceFigures ToWhole(List<Mark> marks, List<PointFigures> points, Dictionary<string, SessionPoint> rows, List<MadeUp> madeUp, int teams, TrainingSession session)
    {
        var figures = Count(session, [.. marks.Where(mark => !IsThere(mark))], [.. marks.Where(IsThere)]);
        return figures with
        {
            Invited = marks.Where(mark => !mark.IsWalkIn).Sum(mark => mark.Count) + points.Sum(point => rows[point.Code].ReportedInvited ?? 0),
            HeadCount = points.Exists(point => point.Figures.HeadCount is not null) ? points.Sum(point => point.Figures.HeadCount ?? 0) : null,
            OnlineCount = points.Exists(point => point.Figures.OnlineCount is not null) ? points.Sum(point => point.Figures.OnlineCount ?? 0) : null,
            Attended = figures.Named + points.Where(point => point.Figures.Named == 0).Sum(point => point.Figures.Attended),
            Teams = teams + points.Sum(point => point.Figures.Teams),
            MadeUp = madeUp.Sum(cell => cell.Count),
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
        // Who came uninvited and, as a correction says, did not come after all was never expected.
        away = away.FindAll(mark => !mark.IsWalkIn);
        List<Mark> none = away.FindAll(mark => mark.Status is null or AttendanceStatus.Unmarked);
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

    private static bool IsThere(Mark mark) => mark.Status?.IsThere() == true;

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

    private sealed record MadeUp(Guid PointId, string? CommuneCode, int Count);
}
