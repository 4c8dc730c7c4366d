using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// What check-in must know of a session, in memory: names to keys, state, times, points. A picture of one <see cref="Revision"/>;
/// the writer compares it with the database before it believes it.
/// </summary>
internal sealed class SessionRoll
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required int Revision { get; init; }

    public required SessionState State { get; init; }

    public required string OrganizerPath { get; init; }

    public required DateTime StartUtc { get; init; }

    public required DateTime EndUtc { get; init; }

    public required DateTime? OpenedUtc { get; init; }

    public required DateTime? ClosedUtc { get; init; }

    public required IReadOnlyList<SessionBlock> Blocks { get; init; }

    public required IReadOnlyList<string> Topics { get; init; }

    public required IReadOnlyDictionary<string, Point> Points { get; init; }

    public required IReadOnlyDictionary<string, Guid> People { get; init; }

    public int TotalMinutes => Blocks.Sum(block => (int)(block.EndUtc - block.StartUtc).TotalMinutes);

    public DateOnly Date => DateOnly.FromDateTime(VietnamTime.ToLocal(StartUtc));

    /// <summary>A point, with the accounts that look after it.</summary>
    public sealed record Point(Guid Id, string Path, DateTime? ClosedUtc, IReadOnlySet<Guid> Coordinators);

    /// <summary>Reads the picture; null when there is no such session.</summary>
    public static async Task<SessionRoll?> LoadAsync(SiteDbContext db, string code, CancellationToken cancellationToken)
    {
        // The revision is read first: what changes while the rest is read makes the picture stale, not wrong.
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        if (session is null)
        {
            return null;
        }

        var points = await db.SessionPoints.AsNoTracking().Where(point => point.SessionId == session.Id)
            .Select(point => new { point.Id, point.Code, point.Path, point.ClosedUtc, Coordinators = point.Coordinators.Select(coordinator => coordinator.UserId).ToList() })
            .ToListAsync(cancellationToken);
        return new()
        {
            Id = session.Id,
            Code = session.Code,
            Revision = session.Revision,
            State = session.State,
            OrganizerPath = session.OrganizerPath,
            StartUtc = session.StartUtc,
            EndUtc = session.EndUtc,
            OpenedUtc = session.OpenedUtc,
            ClosedUtc = session.ClosedUtc,
            Blocks = await db.Set<SessionBlock>().AsNoTracking().Where(block => block.SessionId == session.Id).OrderBy(block => block.Number).ToListAsync(cancellationToken),
            Topics = await db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).Select(topic => topic.Topic).ToListAsync(cancellationToken),
            Points = points.ToDictionary(point => point.Code, point => new Point(point.Id, point.Path, point.ClosedUtc, point.Coordinators.ToHashSet()), StringComparer.Ordinal),
            People = await db.Invitations.Where(invitation => invitation.SessionId == session.Id).Select(invitation => new { invitation.Person.Code, invitation.PersonId })
                .ToDictionaryAsync(person => person.Code, person => person.PersonId, StringComparer.Ordinal, cancellationToken),
        };
    }

    /// <summary>The event ready to store, or the reason why it is not taken.</summary>
    public (AttendanceEvent? Fact, string? Reason) Check(AttendanceInput input, AttendancePoster poster, DateTime now)
    {
        if (!Points.TryGetValue(input.Point, out var point))
        {
            return (null, "point_unknown");
        }

        var reason = !MayServe(poster, point) ? "out_of_scope"
            : !People.ContainsKey(input.Member) ? "person_not_in_session"
            : input.Block is { } number && !Blocks.Any(block => block.Number == number) ? "block_unknown"
            : input.Minutes is < 0 ? "minutes_invalid"
            : IsImplausible(input.AtUtc, now) ? "time_implausible"
            : CheckState(input, poster, point, now);
        return reason is not null ? (null, reason) : (new AttendanceEvent
        {
            Id = input.Id,
            SessionId = Id,
            PersonId = People[input.Member],
            PointId = point.Id,
            Kind = input.Kind,
            Status = input.Kind == AttendanceKind.Correction ? input.Status : null,
            Method = input.Method,
            AtUtc = input.AtUtc,
            ReceivedUtc = now,
            UserId = poster.UserId,
            Device = poster.Device,
            Block = input.Block,
            Minutes = input.Minutes,
            Note = input.Note,
        }, null);
    }

    private static bool MayServe(AttendancePoster poster, Point point) =>
        poster.Scope.Contains(point.Path) || (poster.UserId is { } id && point.Coordinators.Contains(id));

    /// <summary>A device whose clock was reset tells of 1970; one that is some hours wrong is still believed.</summary>
    private bool IsImplausible(DateTime at, DateTime now)
    {
        var earliest = OpenedUtc < StartUtc ? OpenedUtc.Value : StartUtc;
        var latest = now > EndUtc ? now : EndUtc;
        return at < earliest.AddDays(-1) || at > latest.AddDays(1);
    }

    private string? CheckState(AttendanceInput input, AttendancePoster poster, Point point, DateTime now)
    {
        // A manager may put right what was wrong after the end; others may only send late what was marked in time.
        var settled = input.Kind == AttendanceKind.Correction && poster.ManageScope.Contains(OrganizerPath);
        var open = State switch
        {
            SessionState.Draft or SessionState.Cancelled => false,
            SessionState.Published => now >= StartUtc - SessionLifecycle.OpensBefore,
            SessionState.Open => true,
            SessionState.Closed => settled || input.AtUtc <= ClosedUtc,
        };
        return !open ? "session_not_open"
            : point.ClosedUtc is { } closed && input.AtUtc > closed && !settled ? "sheet_closed"
            : null;
    }
}
