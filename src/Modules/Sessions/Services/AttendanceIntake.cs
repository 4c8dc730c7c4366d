using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// From what devices tell to events ready to store: whether each may be taken, whom it is about, which flag it bears. Works on all marks of
/// one session in a batch, in the writer's transaction, and asks the database only about those whom the roll does not know.
/// </summary>
internal sealed class AttendanceIntake(SiteDbContext db, WalkIns walkIns)
{
    /// <summary>What one device tells of one person, and what is decided about it: an event or the reason why there is none.</summary>
    public sealed class Mark(AttendanceInput input, AttendancePoster poster)
    {
        public AttendanceInput Input { get; } = input;

        public AttendancePoster Poster { get; } = poster;

        public AttendanceFlag? Flag { get; set; }

        public Guid? PersonId { get; set; }

        public string? Reason { get; set; }
    }

    /// <summary>Decides about all marks of a session; those refused get a reason, the others a person.</summary>
    public async Task DecideAsync(SessionRoll? roll, IReadOnlyList<Mark> marks, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var mark in marks)
        {
            (mark.Reason, mark.Flag) = roll?.Check(mark.Input, mark.Poster, now) ?? ("session_not_open", null);
        }

        if (roll is null)
        {
            return;
        }

        var missing = new HashSet<string>(StringComparer.Ordinal);
        List<Mark>? own = null;
        foreach (var mark in marks)
        {
            if (mark.Reason is not null)
            {
                continue;
            }

            if (mark.Poster.OwnPersonId is not null)
            {
                (own ??= []).Add(mark);
            }
            else if (roll.People.TryGetValue(mark.Input.Member, out var person))
            {
                mark.PersonId = person;
            }
            else
            {
                missing.Add(mark.Input.Member);
            }
        }

        if (own is not null)
        {
            await DecideOwnAsync(roll, own, cancellationToken);
        }

        if (missing.Count > 0)
        {
            await FindMissingAsync(roll, missing, marks, cancellationToken);
        }

        var denials = marks.Where(mark => mark is { Reason: null, PersonId: not null, Input.Kind: AttendanceKind.Absent or AttendanceKind.Excused or AttendanceKind.Correction } && !roll.MayDecide(mark.Poster)).ToList();
        if (denials.Count > 0)
        {
            await DecideDenialsAsync(roll, denials, cancellationToken);
        }
    }

    /// <summary>The event of a mark that is taken.</summary>
    public static AttendanceEvent ToEvent(SessionRoll roll, Mark mark, DateTime now) => new()
    {
        Id = mark.Input.Id,
        SessionId = roll.Id,
        PersonId = mark.PersonId!.Value,
        PointId = roll.Points[mark.Input.Point].Id,
        Kind = mark.Input.Kind,
        Status = mark.Input.Kind == AttendanceKind.Correction ? mark.Input.Status : null,
        Method = mark.Input.Method,
        AtUtc = mark.Input.AtUtc,
        ReceivedUtc = now,
        UserId = mark.Poster.UserId,
        Device = mark.Poster.Device,
        Block = mark.Input.Block,
        Minutes = mark.Input.Minutes,
        Note = mark.Input.Note,
        Flag = mark.Flag,
    };

    /// <summary>Who marks themselves must be on the list; in a room that is not theirs they are flagged. Asked anew: people are moved.</summary>
    private async Task DecideOwnAsync(SessionRoll roll, List<Mark> marks, CancellationToken cancellationToken)
    {
        Guid[] people = [.. marks.Select(mark => mark.Poster.OwnPersonId!.Value).Distinct()];
        var rooms = await db.Invitations.Where(invitation => invitation.SessionId == roll.Id && EF.Parameter(people).Contains(invitation.PersonId))
            .ToDictionaryAsync(invitation => invitation.PersonId, invitation => invitation.PointId, cancellationToken);
        foreach (var mark in marks)
        {
            var person = mark.Poster.OwnPersonId!.Value;
            if (!rooms.TryGetValue(person, out var room))
            {
                mark.Reason = "person_not_in_session";
                continue;
            }

            mark.PersonId = person;
            mark.Flag = room == roll.Points[mark.Input.Point].Id ? mark.Flag : AttendanceFlag.WrongRoom;
        }
    }

    /// <summary>
    /// That somebody is not there, and what settles all that was said before, is for whoever looks after the point at which they are expected or
    /// counted. That they are there may be said by anybody who sees them.
    /// </summary>
    private async Task DecideDenialsAsync(SessionRoll roll, List<Mark> marks, CancellationToken cancellationToken)
    {
        Guid[] people = [.. marks.Select(mark => mark.PersonId!.Value).Distinct()];
        var expected = await db.Invitations.Where(invitation => invitation.SessionId == roll.Id && EF.Parameter(people).Contains(invitation.PersonId))
            .ToDictionaryAsync(invitation => invitation.PersonId, invitation => invitation.PointId, cancellationToken);
        var counted = await db.Attendances.Where(attendance => attendance.SessionId == roll.Id && EF.Parameter(people).Contains(attendance.PersonId))
            .ToDictionaryAsync(attendance => attendance.PersonId, attendance => attendance.PointId, cancellationToken);
        var points = roll.Points.Values.ToDictionary(point => point.Id);
        foreach (var mark in marks)
        {
            var places = new[] { expected, counted }.Where(places => places.ContainsKey(mark.PersonId!.Value)).Select(places => points[places[mark.PersonId!.Value]]);
            mark.Reason = places.Any(point => SessionRoll.MayServe(mark.Poster, point)) ? null : "out_of_scope";
        }
    }

    /// <summary>Those who joined the list since it was read, and those who join it now.</summary>
    private async Task FindMissingAsync(SessionRoll roll, HashSet<string> missing, IReadOnlyList<Mark> marks, CancellationToken cancellationToken)
    {
        await roll.ReadPeopleAsync(db, missing, cancellationToken);
        var unknown = marks.Where(mark => mark is { Reason: null, PersonId: null }).ToList();
        var joining = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var mark in unknown)
        {
            if (mark.Input.WalkIn && !roll.People.ContainsKey(mark.Input.Member))
            {
                // Two points in one batch: the first has the place, both have their mark.
                joining.TryAdd(mark.Input.Member, roll.Points[mark.Input.Point].Id);
            }
        }

        var places = joining.Count > 0 ? await JoinAsync(roll, joining, cancellationToken) : [];
        foreach (var mark in unknown)
        {
            mark.PersonId = roll.People.TryGetValue(mark.Input.Member, out var person) ? person
                : places.TryGetValue(mark.Input.Member, out var place) ? place.PersonId
                : null;
            mark.Reason = mark.PersonId is not null ? null : mark.Input.WalkIn ? "unknown_member" : "person_not_in_session";
        }
    }

    /// <summary>When another node adds the same person at this moment, saving fails and the writer does its batch again.</summary>
    private async Task<Dictionary<string, Invitation>> JoinAsync(SessionRoll roll, Dictionary<string, Guid> joining, CancellationToken cancellationToken)
    {
        var places = await walkIns.FindAsync(roll.Id, joining, cancellationToken);
        db.AddRange(places.Values);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return places;
    }
}
