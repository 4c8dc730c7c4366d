using System.Collections.Concurrent;
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

    public required DateTime? MarksFromUtc { get; init; }

    public required IReadOnlyList<SessionBlock> Blocks { get; init; }

    /// <summary>What attendance is credited for; nothing at a rehearsal.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>The original session when make-ups are published for it, in its roll and in theirs; null for an ordinary session.</summary>
    public required Guid? MakeupFamily { get; init; }

    public required IReadOnlyDictionary<string, Point> Points { get; init; }

    /// <summary>
    /// Codes and keys of those on the list when the session was first read. Who joined since is missing until somebody asks for them:
    /// then they are read one by one, so that a walk-in does not cost reading 80,000 people anew.
    /// </summary>
    public required ConcurrentDictionary<string, Guid> People { get; init; }

    public int TotalMinutes => Blocks.Sum(block => (int)(block.EndUtc - block.StartUtc).TotalMinutes);

    public DateOnly Date => DateOnly.FromDateTime(VietnamTime.ToLocal(StartUtc));

    /// <summary>A point, with the accounts that look after it.</summary>
    public sealed record Point(Guid Id, string Path, DateTime? ClosedUtc, IReadOnlySet<Guid> Coordinators);

    /// <summary>Reads the picture; null when there is no such session.</summary>
    /// <param name="db">The context.</param>
    /// <param name="code">Code of the session.</param>
    /// <param name="former">An older picture, whose people are taken over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<SessionRoll?> LoadAsync(SiteDbContext db, string code, SessionRoll? former, CancellationToken cancellationToken)
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
            MarksFromUtc = session.MarksFromUtc,
            Blocks = await db.Set<SessionBlock>().AsNoTracking().Where(block => block.SessionId == session.Id).OrderBy(block => block.Number).ToListAsync(cancellationToken),
            Topics = session.IsRehearsal ? [] : await db.Set<SessionTopic>().Where(topic => topic.SessionId == session.Id).Select(topic => topic.Topic).ToListAsync(cancellationToken),
            MakeupFamily = session.MakeupOfId ?? (await db.Sessions.AnyAsync(makeup => makeup.MakeupOfId == session.Id && makeup.State != SessionState.Draft, cancellationToken) ? session.Id : null),
            Points = points.ToDictionary(point => point.Code, point => new Point(point.Id, point.Path, point.ClosedUtc, point.Coordinators.ToHashSet()), StringComparer.Ordinal),
            People = former?.Id == session.Id && former.State != SessionState.Draft ? former.People : await LoadPeopleAsync(db, session.Id, cancellationToken),
        };
    }

    /// <summary>Keys of some people on the list, asked anew.</summary>
    public async Task ReadPeopleAsync(SiteDbContext db, IReadOnlyCollection<string> codes, CancellationToken cancellationToken)
    {
        string[] missing = [.. codes];
        var found = await db.Invitations.Where(invitation => invitation.SessionId == Id && EF.Parameter(missing).Contains(invitation.Person.Code))
            .Select(invitation => new { invitation.Person.Code, invitation.PersonId }).ToListAsync(cancellationToken);
        foreach (var person in found)
        {
            People[person.Code] = person.PersonId;
        }
    }

    /// <summary>Whether an event may be taken, whoever it is about.</summary>
    /// <returns>The reason why not, or the flag that it must bear; mostly neither.</returns>
    public (string? Reason, AttendanceFlag? Flag) Check(AttendanceInput input, AttendancePoster poster, DateTime now)
    {
        if (!Points.TryGetValue(input.Point, out var point))
        {
            return ("point_unknown", null);
        }

        var reason = !MayServe(poster, point) ? "out_of_scope"
            : input.Block is { } number && !Blocks.Any(block => block.Number == number) ? "block_unknown"
            : input.Minutes is < 0 ? "minutes_invalid"
            : IsImplausible(input.AtUtc, now) ? "time_implausible"
            : input.AtUtc <= MarksFromUtc ? "session_moved"
            : null;
        return reason is not null ? (reason, null) : CheckState(input, poster, point, now);
    }

    private static async Task<ConcurrentDictionary<string, Guid>> LoadPeopleAsync(SiteDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var people = new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal);
        await foreach (var person in db.Invitations.Where(invitation => invitation.SessionId == id).Select(invitation => new { invitation.Person.Code, invitation.PersonId }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            people[person.Code] = person.PersonId;
        }

        return people;
    }

    /// <summary>Whether the poster manages the session, or settles for who does.</summary>
    public bool MayDecide(AttendancePoster poster) => poster.Settles || poster.ManageScope.Contains(OrganizerPath);

    /// <summary>Who marks themselves may do so at any point: a wrong room is flagged, not refused.</summary>
    public static bool MayServe(AttendancePoster poster, Point point) =>
        poster.OwnPersonId is not null || poster.Scope.Contains(point.Path) || (poster.UserId is { } id && point.Coordinators.Contains(id));

    /// <summary>A device whose clock was reset tells of 1970; one that is some hours wrong is still believed.</summary>
    private bool IsImplausible(DateTime at, DateTime now)
    {
        var earliest = OpenedUtc < StartUtc ? OpenedUtc.Value : StartUtc;
        var latest = now > EndUtc ? now : EndUtc;
        return at < earliest.AddDays(-1) || at > latest.AddDays(1);
    }

    private (string? Reason, AttendanceFlag? Flag) CheckState(AttendanceInput input, AttendancePoster poster, Point point, DateTime now)
    {
        if (State is SessionState.Draft or SessionState.Cancelled || (State == SessionState.Published && now < StartUtc - SessionLifecycle.OpensBefore))
        {
            return ("session_not_open", null);
        }

        var closed = State == SessionState.Closed && input.AtUtc > ClosedUtc ? "session_not_open"
            : input.AtUtc > point.ClosedUtc ? "sheet_closed"
            : null;
        // A manager may put right what was wrong after the end; others may only send late what was marked in time, or without signal.
        return closed is null || (input.Kind == AttendanceKind.Correction && (poster.Settles || poster.ManageScope.Contains(OrganizerPath))) ? (null, null)
            : CouldNotKnow(input, now) ? (null, AttendanceFlag.AfterClosing)
            : (closed, null);
    }

    /// <summary>Whether the device that made the mark was without signal, and the time is still one at which people may have been there.</summary>
    private bool CouldNotKnow(AttendanceInput input, DateTime now) =>
        now - input.AtUtc >= SessionLifecycle.Prompt && input.AtUtc <= EndUtc + SessionLifecycle.MarksUntilAfterEnd;
}
