using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Board.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>Reads the points of a session for the board: what stands still once a revision, what moves each time, by three queries.</summary>
internal sealed class BoardReader(SiteDbContext db)
{
    /// <summary>What stands still while the session's revision does.</summary>
    public sealed record Plan(int Revision, IReadOnlyList<BoardPoint> Points, IReadOnlyDictionary<string, string> Reasons);

    /// <summary>Where a session is.</summary>
    public sealed record Standing(int Revision, SessionState State);

    /// <summary>The session's revision and state; null when there is no such session.</summary>
    public Task<Standing?> FindAsync(Guid sessionId, CancellationToken cancellationToken) =>
        db.Sessions.Where(session => session.Id == sessionId).Select(session => new Standing(session.Revision, session.State)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Points with names, districts and how many are invited.</summary>
    public async Task<Plan> ReadPlanAsync(Guid sessionId, int revision, CancellationToken cancellationToken)
    {
        var start = await db.Sessions.Where(session => session.Id == sessionId).Select(session => session.StartUtc).SingleAsync(cancellationToken);
        var day = DateOnly.FromDateTime(VietnamTime.ToLocal(start));
        var districts = await db.Units.AsNoTracking().On(day).Where(unit => unit.Level == UnitLevel.District)
            .Select(unit => new { unit.Path, unit.Code, unit.Name }).ToListAsync(cancellationToken);
        var invited = await db.Invitations.Where(invitation => invitation.SessionId == sessionId && !invitation.IsWalkIn)
            .GroupBy(invitation => invitation.PointId).Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var points = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == sessionId)
            .Select(point => new { point.Id, point.Code, point.Name, point.Path, point.UnitId, Unit = point.Unit == null ? null : point.Unit.Name, point.ReportedInvited })
            .ToListAsync(cancellationToken);
        return new(
            revision,
            [.. points.Select(point =>
            {
                var district = point.UnitId is null ? null : districts.Find(unit => point.Path.StartsWith(unit.Path, StringComparison.Ordinal));
                return new BoardPoint
                {
                    Id = point.Id,
                    Code = point.Code,
                    Name = point.Name,
                    Place = point.Unit ?? point.Name,
                    Path = point.Path,
                    District = district?.Code ?? "",
                    DistrictName = district?.Name ?? "",
                    Invited = point.ReportedInvited ?? invited.GetValueOrDefault(point.Id),
                };
            }).OrderBy(point => point.District, StringComparer.Ordinal).ThenBy(point => point.Code, StringComparer.Ordinal)],
            await db.AbsenceReasons.ToDictionaryAsync(reason => reason.Code, reason => reason.Name, cancellationToken));
    }

    /// <summary>The plan's points as they are now: one look at the points, one count over the attendance of this session.</summary>
    public async Task<IReadOnlyList<BoardPoint>> ReadAsync(Guid sessionId, Plan plan, CancellationToken cancellationToken)
    {
        var counts = (await db.Attendances.Where(attendance => attendance.SessionId == sessionId && attendance.Status != AttendanceStatus.Unmarked)
            .GroupBy(attendance => new { attendance.PointId, attendance.Status, attendance.HasConflict })
            .Select(group => new { group.Key.PointId, group.Key.Status, group.Key.HasConflict, Count = group.Count() })
            .ToListAsync(cancellationToken)).ToLookup(row => row.PointId);
        var states = await db.SessionPoints.Where(point => point.SessionId == sessionId)
            .Select(point => new
            {
                point.Id,
                point.State,
                point.ReasonCode,
                point.ReasonText,
                point.HeadCount,
                point.OnlineCount,
                IsClosed = point.ClosedUtc != null,
                Contact = db.Set<PointContact>().Where(contact => contact.PointId == point.Id).Select(contact => (DateTime?)contact.AtUtc).FirstOrDefault(),
            })
            .ToDictionaryAsync(point => point.Id, cancellationToken);
        var points = new List<BoardPoint>(plan.Points.Count);
        foreach (var point in plan.Points)
        {
            if (!states.TryGetValue(point.Id, out var now))
            {
                continue;
            }

            var named = counts[point.Id].Where(row => row.Status.IsThere()).Sum(row => row.Count);
            var counted = now.HeadCount is null && now.OnlineCount is null ? (int?)null : (now.HeadCount ?? 0) + (now.OnlineCount ?? 0);
            points.Add(point with
            {
                Present = named > 0 ? named : counted ?? 0,
                Marked = counts[point.Id].Sum(row => row.Count),
                Conflicts = counts[point.Id].Where(row => row.HasConflict).Sum(row => row.Count),
                Counted = counted,
                Online = now.OnlineCount,
                State = now.State,
                Reason = now.ReasonText ?? (now.ReasonCode is { } code ? plan.Reasons.GetValueOrDefault(code, code) : null),
                ContactUtc = now.Contact is { } at ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute)) : null,
                IsClosed = now.IsClosed,
            });
        }

        return points;
    }
}
