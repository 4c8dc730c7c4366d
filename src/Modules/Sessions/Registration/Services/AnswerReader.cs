using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Registration.Services;

/// <summary>A person's invitation and what they answered, for lists.</summary>
/// <param name="Code">Code of the person.</param>
/// <param name="Name">Name.</param>
/// <param name="Team">Name of the team.</param>
/// <param name="PointCode">Code of the point to come to.</param>
/// <param name="Point">Its name.</param>
/// <param name="MovedFrom">Name of the point first invited to; null while that is the same.</param>
/// <param name="Response">The answer.</param>
/// <param name="Reason">Why not.</param>
/// <param name="RespondedUtc">When.</param>
/// <param name="AnsweredFor">The name of who answered for the person; null when they did so themselves.</param>
/// <param name="HasAccount">Whether the person can answer themselves.</param>
/// <param name="IsBusy">Whether another session at that time wants the person too.</param>
public sealed record AnswerRow(
    string Code, string Name, string Team, string PointCode, string Point, string? MovedFrom, InvitationResponse Response, string? Reason, DateTime? RespondedUtc, string? AnsweredFor, bool HasAccount, bool IsBusy)
{
    /// <summary>What was answered last before the times changed; null when nothing was.</summary>
    public InvitationResponse? Earlier { get; init; }

    /// <summary>To which start.</summary>
    public DateTime? EarlierStartUtc { get; init; }
}

/// <summary>How many answered what.</summary>
/// <param name="Code">Code of the district or point; empty for the whole.</param>
/// <param name="Name">Name.</param>
/// <param name="Confirmed">Come.</param>
/// <param name="Declined">Do not come.</param>
/// <param name="Waiting">Wait for a seat.</param>
/// <param name="None">Said nothing yet.</param>
/// <param name="Capacity">Seats; null without a limit.</param>
public sealed record AnswerCounts(string Code, string Name, int Confirmed, int Declined, int Waiting, int None, int? Capacity = null)
{
    /// <summary>All of them.</summary>
    public int Total => Confirmed + Declined + Waiting + None;

    /// <summary>Free seats; null without a limit.</summary>
    public int? Free => Capacity is { } seats ? Math.Max(0, seats - Confirmed) : null;
}

/// <summary>Reads answers for pages.</summary>
public sealed class AnswerReader(SiteDbContext db, ClashService clashes)
{
    private sealed record Cell(Guid PointId, string? CommuneCode, InvitationResponse Response, int Count);

    /// <summary>Invitations as rows of a list.</summary>
    public async Task<IQueryable<AnswerRow>> ToRowsAsync(TrainingSession session, IQueryable<Invitation> invitations, CancellationToken cancellationToken)
    {
        var busy = clashes.Busy(await clashes.FindOverlappingAsync(session, cancellationToken));
        return invitations.Select(invitation => new AnswerRow(
            invitation.Person.Code, invitation.Person.FullName, invitation.TeamName, invitation.Point.Code, invitation.Point.Name,
            db.Set<SessionPoint>().Where(point => point.Id == invitation.MovedFromId).Select(point => point.Name).FirstOrDefault(),
            invitation.Response, invitation.ResponseReason, invitation.RespondedUtc,
            invitation.RespondedBy != null && invitation.RespondedBy != invitation.Person.UserId ? invitation.RespondedByName : null,
            invitation.Person.UserId != null,
            busy.Any(other => other.PersonId == invitation.PersonId))
        {
            Earlier = db.Set<EarlierAnswer>().Where(answer => answer.SessionId == invitation.SessionId && answer.PersonId == invitation.PersonId)
                .OrderByDescending(answer => answer.Postponement).Select(answer => (InvitationResponse?)answer.Response).FirstOrDefault(),
            EarlierStartUtc = db.Set<EarlierAnswer>().Where(answer => answer.SessionId == invitation.SessionId && answer.PersonId == invitation.PersonId)
                .OrderByDescending(answer => answer.Postponement).Select(answer => (DateTime?)answer.StartUtc).FirstOrDefault(),
        });
    }

    /// <summary>Counts of the given invitations: the whole, by district, and by point.</summary>
    public async Task<(AnswerCounts Whole, IReadOnlyList<AnswerCounts> Districts, IReadOnlyList<AnswerCounts> Points)> CountAsync(TrainingSession session, IQueryable<Invitation> invitations, CancellationToken cancellationToken)
    {
        var cells = await invitations.GroupBy(invitation => new { invitation.PointId, invitation.CommuneCode, invitation.Response })
            .Select(group => new Cell(group.Key.PointId, group.Key.CommuneCode, group.Key.Response, group.Count())).ToListAsync(cancellationToken);
        var districts = await ReadDistrictsAsync(session, cancellationToken);
        Guid[] ids = [.. cells.Select(cell => cell.PointId).Distinct()];
        var points = await db.SessionPoints.Where(point => point.SessionId == session.Id && EF.Parameter(ids).Contains(point.Id)).OrderBy(point => point.Code)
            .Select(point => new { point.Id, point.Code, point.Name, point.Capacity }).ToListAsync(cancellationToken);
        return (
            Count("", "", cells),
            [.. cells.Where(cell => cell.CommuneCode is not null && districts.ContainsKey(cell.CommuneCode)).GroupBy(cell => districts[cell.CommuneCode!]).Select(group => Count(group.Key.Code, group.Key.Name, group)).OrderBy(row => row.Code, StringComparer.Ordinal)],
            points.ConvertAll(point => Count(point.Code, point.Name, cells.Where(cell => cell.PointId == point.Id)) with { Capacity = point.Capacity }));
    }

    /// <summary>Free seats of a point; null without a limit.</summary>
    public async Task<int?> CountFreeAsync(Guid pointId, int? capacity, CancellationToken cancellationToken) =>
        capacity is { } seats
            ? Math.Max(0, seats - await db.Invitations.CountAsync(invitation => invitation.PointId == pointId && invitation.Response == InvitationResponse.Confirmed, cancellationToken))
            : null;

    /// <summary>How many wait before somebody who waits, and themselves: in the team where teams have seats, else at the point.</summary>
    public Task<int> FindPlaceAsync(TrainingSession session, Invitation invitation, CancellationToken cancellationToken) =>
        db.Invitations.CountAsync(
            other => other.SessionId == session.Id && other.Response == InvitationResponse.Waiting
                && (session.SeatsPerTeam == null ? other.PointId == invitation.PointId : other.TeamId == invitation.TeamId)
                && (other.QueueNumber < invitation.QueueNumber || (other.QueueNumber == invitation.QueueNumber && other.PersonId.CompareTo(invitation.PersonId) <= 0)), cancellationToken);

    /// <summary>The district of each commune on the session's day.</summary>
    private async Task<Dictionary<string, (string Code, string Name)>> ReadDistrictsAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var communes = await db.Units.On(DateOnly.FromDateTime(VietnamTime.ToLocal(session.StartUtc))).Where(unit => unit.Level == UnitLevel.Commune && unit.Parent != null)
            .Select(unit => new { unit.Code, District = unit.Parent!.Code, unit.Parent.Name }).ToListAsync(cancellationToken);
        return communes.ToDictionary(row => row.Code, row => (row.District, row.Name), StringComparer.Ordinal);
    }

    private static AnswerCounts Count(string code, string name, IEnumerable<Cell> cells)
    {
        var counts = cells.ToLookup(cell => cell.Response, cell => cell.Count);
        return new(code, name, counts[InvitationResponse.Confirmed].Sum(), counts[InvitationResponse.Declined].Sum(), counts[InvitationResponse.Waiting].Sum(), counts[InvitationResponse.None].Sum());
    }
}
