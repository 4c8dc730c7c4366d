using TrainingSite.Accounts.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>Somebody to call about a point.</summary>
/// <param name="Name">Name.</param>
/// <param name="Role">Why them.</param>
/// <param name="Phone">E.164; null when it is not known.</param>
public sealed record PointCall(string Name, PointCallRole Role, string? Phone);

/// <summary>Why somebody is to be called.</summary>
public enum PointCallRole
{
    /// <summary>Looks after the point.</summary>
    PointCoordinator,

    /// <summary>Coordinates the commune.</summary>
    CommuneCoordinator,

    /// <summary>Leads the commune's team.</summary>
    TeamLeader,
}

/// <summary>
/// Whom to call about points: those who look after the point, else the coordinators of its commune, else the leader of the commune's
/// team; of these the first group that has a number.
/// </summary>
public sealed class PointCalls(SiteDbContext db, TimeProvider clock)
{
    /// <summary>The people for each of the points.</summary>
    public async Task<ILookup<Guid, PointCall>> FindAsync(IReadOnlyCollection<BoardPoint> points, CancellationToken cancellationToken = default)
    {
        var assigned = await ReadAssignedAsync([.. points.Select(point => point.Id)], cancellationToken);
        // A point's path is that of the unit it serves, mostly a commune: prefixes of it are the districts and the province above.
        string[] paths = [.. points.Select(point => point.Path).Distinct()];
        var coordinators = await ReadCoordinatorsAsync(paths, cancellationToken);
        var leaders = await ReadLeadersAsync(paths, cancellationToken);
        return points.SelectMany(point => Choose(assigned[point.Id], coordinators[point.Path], leaders[point.Path]).Select(call => (point.Id, call)))
            .ToLookup(pair => pair.Id, pair => pair.call);
    }

    private static IEnumerable<PointCall> Choose(params IEnumerable<PointCall>[] groups) =>
        groups.FirstOrDefault(group => group.Any(call => call.Phone is not null)) ?? groups.FirstOrDefault(group => group.Any()) ?? [];

    private async Task<ILookup<Guid, PointCall>> ReadAssignedAsync(Guid[] points, CancellationToken cancellationToken)
    {
        var rows =
            from coordinator in db.Set<PointCoordinator>().Where(coordinator => EF.Parameter(points).Contains(coordinator.PointId))
            join user in db.Users on coordinator.UserId equals user.Id
            orderby user.DisplayName
            select new { coordinator.PointId, user.DisplayName, Phone = user.PhoneNumber ?? db.Set<Person>().Where(person => person.UserId == user.Id).Select(person => person.Phone).FirstOrDefault() };
        return (await rows.ToListAsync(cancellationToken)).ToLookup(row => row.PointId, row => new PointCall(row.DisplayName, PointCallRole.PointCoordinator, row.Phone));
    }

    private async Task<ILookup<string, PointCall>> ReadCoordinatorsAsync(string[] paths, CancellationToken cancellationToken)
    {
        var rows =
            from grant in db.Grants.On(clock.Today()).Where(grant => grant.Role == Roles.Coordinator && EF.Parameter(paths).Contains(grant.UnitPath))
            join account in db.Accounts.Where(account => account.DisabledUtc == null) on grant.UserId equals account.UserId
            join user in db.Users on grant.UserId equals user.Id
            orderby account.SortName
            select new { grant.UnitPath, user.DisplayName, Phone = user.PhoneNumber ?? db.Set<Person>().Where(person => person.UserId == user.Id).Select(person => person.Phone).FirstOrDefault() };
        return (await rows.ToListAsync(cancellationToken)).ToLookup(row => row.UnitPath, row => new PointCall(row.DisplayName, PointCallRole.CommuneCoordinator, row.Phone));
    }

    private async Task<ILookup<string, PointCall>> ReadLeadersAsync(string[] paths, CancellationToken cancellationToken) =>
        (await db.Memberships.On(clock.Today()).Where(membership => membership.Role == TeamRole.Leader && EF.Parameter(paths).Contains(membership.Team.Unit.Path))
            .OrderBy(membership => membership.Person.SortName)
            .Select(membership => new { membership.Team.Unit.Path, membership.Person.FullName, membership.Person.Phone })
            .ToListAsync(cancellationToken)).ToLookup(row => row.Path, row => new PointCall(row.FullName, PointCallRole.TeamLeader, row.Phone));
}
