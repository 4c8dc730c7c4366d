using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>
/// Gives seats in the order of the queue: those of rooms (capacity of a point) and those of teams. Whoever changes an answer, a point's
/// capacity or a team's seats first takes the session's turn, so that two people never get the last seat.
/// </summary>
public sealed class SeatService(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private sealed record Waiting(Guid PersonId, Guid PointId, Guid TeamId);

    /// <summary>
    /// Waits until nobody else changes answers of the session or of another date of its series, and keeps others waiting until the running
    /// transaction ends.
    /// </summary>
    /// <returns>The sessions whose turn it is, and a number for a new place in the queue.</returns>
    internal async Task<Turn> TakeTurnAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        // Always in the same order, so that two who need the same sessions do not wait for each other.
        var ids = await db.Sessions.Where(session => session.Id == sessionId || (session.SeriesId != null && db.Set<TrainingSession>().Any(own => own.Id == sessionId && own.SeriesId == session.SeriesId)))
            .OrderBy(session => session.Id).Select(session => session.Id).ToListAsync(cancellationToken);
        var number = 0;
        foreach (var id in ids)
        {
            var answers = await db.Database.SqlQuery<int>($"""UPDATE "Sessions_Session" SET "Answers" = "Answers" + 1 WHERE "Id" = {id} RETURNING "Answers" AS "Value" """).ToListAsync(cancellationToken);
            number = id == sessionId ? answers[0] : number;
        }

        return new(ids, sessionId, number);
    }

    /// <summary>
    /// Gives free seats to those who wait, first come first served. Who now has a seat at one date of a series gives up the others, which
    /// may free seats there.
    /// </summary>
    /// <param name="turn">The turn that was taken.</param>
    /// <param name="actor">The person whose answer this is: they need not be told of the seat that they get at once.</param>
    /// <param name="seated">People who got a seat in the turn's session without waiting.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task FillAsync(Turn turn, Guid? actor, IReadOnlyCollection<Guid> seated, CancellationToken cancellationToken)
    {
        var pending = new Queue<Guid>(await GiveUpOthersAsync(turn, turn.SessionId, seated, cancellationToken));
        pending.Enqueue(turn.SessionId);
        while (pending.TryDequeue(out var sessionId))
        {
            var promoted = await PromoteAsync(sessionId, actor, cancellationToken);
            foreach (var freed in await GiveUpOthersAsync(turn, sessionId, promoted, cancellationToken))
            {
                pending.Enqueue(freed);
            }
        }
    }

    /// <summary>Gives seats that became free by other means than an answer: more capacity, a person told to go elsewhere.</summary>
    internal async Task RefillAsync(Guid sessionId, CancellationToken cancellationToken) =>
        await FillAsync(await TakeTurnAsync(sessionId, cancellationToken), actor: null, [], cancellationToken);

    /// <summary>Seats that a team has left before others' given back seats come in; null without a limit.</summary>
    internal async Task<TeamSeats?> CountTeamAsync(TrainingSession session, Guid teamId, CancellationToken cancellationToken)
    {
        if (session.SeatsPerTeam is not { } seats)
        {
            return null;
        }

        var released = await db.TeamReleases.Where(release => release.SessionId == session.Id && release.TeamId == teamId).Select(release => release.Seats).SingleOrDefaultAsync(cancellationToken);
        var taken = await db.Invitations.CountAsync(invitation => invitation.SessionId == session.Id && invitation.TeamId == teamId && invitation.Response == InvitationResponse.Confirmed, cancellationToken);
        return new(Math.Max(0, seats - released), released, taken);
    }

    private async Task<List<Guid>> PromoteAsync(Guid sessionId, Guid? actor, CancellationToken cancellationToken)
    {
        var queue = await db.Invitations.Where(invitation => invitation.SessionId == sessionId && invitation.Response == InvitationResponse.Waiting)
            .OrderBy(invitation => invitation.QueueNumber).ThenBy(invitation => invitation.PersonId)
            .Select(invitation => new Waiting(invitation.PersonId, invitation.PointId, invitation.TeamId)).ToListAsync(cancellationToken);
        var session = queue.Count == 0 ? null : await db.Sessions.AsNoTracking().SingleAsync(row => row.Id == sessionId, cancellationToken);
        if (session?.State is not (SessionState.Published or SessionState.Open))
        {
            return [];
        }

        var rooms = await ReadRoomsAsync(sessionId, queue, cancellationToken);
        var teams = await ReadTeamsAsync(session, cancellationToken);
        var seated = new List<Guid>();
        foreach (var next in queue)
        {
            if (rooms.GetValueOrDefault(next.PointId, 1) > 0 && teams.TryTake(next.TeamId))
            {
                seated.Add(next.PersonId);
                if (rooms.TryGetValue(next.PointId, out var free))
                {
                    rooms[next.PointId] = free - 1;
                }
            }
        }

        if (seated.Count > 0)
        {
            Guid[] people = [.. seated];
            var now = clock.UtcNow();
            await db.Invitations.Where(invitation => invitation.SessionId == sessionId && EF.Parameter(people).Contains(invitation.PersonId)).ExecuteUpdateAsync(change => change
                .SetProperty(invitation => invitation.Response, InvitationResponse.Confirmed)
                .SetProperty(invitation => invitation.PromotedUtc, invitation => invitation.PersonId == actor ? invitation.PromotedUtc : now), cancellationToken);
        }

        return seated;
    }

    /// <summary>Free seats of those points with a capacity at which somebody waits.</summary>
    private Task<Dictionary<Guid, int>> ReadRoomsAsync(Guid sessionId, IEnumerable<Waiting> queue, CancellationToken cancellationToken)
    {
        Guid[] wanted = [.. queue.Select(row => row.PointId).Distinct()];
        return db.SessionPoints.Where(point => point.SessionId == sessionId && point.Capacity != null && EF.Parameter(wanted).Contains(point.Id))
            .Select(point => new { point.Id, Free = point.Capacity!.Value - db.Set<Invitation>().Count(invitation => invitation.PointId == point.Id && invitation.Response == InvitationResponse.Confirmed) })
            .ToDictionaryAsync(row => row.Id, row => row.Free, cancellationToken);
    }

    private async Task<TeamBook> ReadTeamsAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        if (session.SeatsPerTeam is not { } seats)
        {
            return new(null, [], []);
        }

        var taken = await db.Invitations.Where(invitation => invitation.SessionId == session.Id && invitation.Response == InvitationResponse.Confirmed)
            .GroupBy(invitation => invitation.TeamId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count, cancellationToken);
        var released = await db.TeamReleases.Where(release => release.SessionId == session.Id).ToDictionaryAsync(release => release.TeamId, release => release.Seats, cancellationToken);
        return new(seats, taken, released);
    }

    /// <summary>Who has a seat at one date of a series does not come to the others that are still ahead.</summary>
    /// <returns>The sessions in which seats became free.</returns>
    private async Task<List<Guid>> GiveUpOthersAsync(Turn turn, Guid sessionId, IReadOnlyCollection<Guid> people, CancellationToken cancellationToken)
    {
        if (turn.SessionIds.Count < 2 || people.Count == 0)
        {
            return [];
        }

        var now = clock.UtcNow();
        Guid[] series = [.. turn.SessionIds.Where(id => id != sessionId)], who = [.. people];
        var others = db.Invitations.Where(invitation => EF.Parameter(series).Contains(invitation.SessionId) && EF.Parameter(who).Contains(invitation.PersonId)
            && !invitation.IsWalkIn && invitation.Response != InvitationResponse.Declined
            && (invitation.Session.State == SessionState.Published || invitation.Session.State == SessionState.Open) && invitation.Session.StartUtc > now);
        var freed = await others.Where(invitation => invitation.Response == InvitationResponse.Confirmed).Select(invitation => invitation.SessionId).Distinct().ToListAsync(cancellationToken);
        var reason = T["Đã chọn buổi khác"].Value;
        await others.ExecuteUpdateAsync(change => change
            .SetProperty(invitation => invitation.Response, InvitationResponse.Declined)
            .SetProperty(invitation => invitation.ResponseReason, reason)
            .SetProperty(invitation => invitation.RespondedUtc, now)
            .SetProperty(invitation => invitation.PromotedUtc, (DateTime?)null)
            .SetProperty(invitation => invitation.QueueNumber, (int?)null), cancellationToken);
        return freed;
    }
}

/// <summary>The right to change answers, until the transaction ends.</summary>
/// <param name="SessionIds">The session and the other dates of its series.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Number">A new place in the session's queue, behind all others.</param>
internal sealed record Turn(IReadOnlyList<Guid> SessionIds, Guid SessionId, int Number);

/// <summary>Seats of a team in a session.</summary>
/// <param name="Seats">Its own, without those given back.</param>
/// <param name="Released">Given back.</param>
/// <param name="Taken">People of the team with a seat.</param>
public sealed record TeamSeats(int Seats, int Released, int Taken)
{
    /// <summary>Own seats that nobody has yet.</summary>
    public int Free => Math.Max(0, Seats - Taken);
}
