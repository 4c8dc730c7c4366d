using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>What a unit has on a day. Members are memberships without collaborators, never people (R64).</summary>
/// <param name="Unit">The unit.</param>
public sealed record UnitFigures(AdministrativeUnit Unit)
{
    /// <summary>Teams of communes.</summary>
    public int CommuneTeams { get; internal set; }

    /// <summary>Teams of villages.</summary>
    public int VillageTeams { get; internal set; }

    /// <summary>Memberships in teams of communes.</summary>
    public int CommuneMembers { get; internal set; }

    /// <summary>Memberships in teams of villages.</summary>
    public int VillageMembers { get; internal set; }

    /// <summary>Communes.</summary>
    public int Communes { get; internal set; }

    /// <summary>Villages, with and without a team.</summary>
    public int Villages { get; internal set; }

    /// <summary>Teams of both levels.</summary>
    public int Teams => CommuneTeams + VillageTeams;

    /// <summary>Memberships in both levels.</summary>
    public int Members => CommuneMembers + VillageMembers;

    /// <summary>Villages without a team.</summary>
    public int VillagesWithoutTeam => Math.Max(0, Villages - VillageTeams);

    internal void Add(UnitFigures other)
    {
        CommuneTeams += other.CommuneTeams;
        VillageTeams += other.VillageTeams;
        CommuneMembers += other.CommuneMembers;
        VillageMembers += other.VillageMembers;
        Communes += other.Communes;
        Villages += other.Villages;
    }
}

/// <summary>A unit's figures, and those of the units right below it.</summary>
/// <param name="Total">The whole, as far as it lies in the scope.</param>
/// <param name="Parts">The units below, in the official order; empty for a village.</param>
/// <param name="People">People in the counted teams: someone in two teams is one.</param>
public sealed record UnitCounts(UnitFigures Total, IReadOnlyList<UnitFigures> Parts, int People);

/// <summary>Counts units, teams and members as of any day, by a few grouped queries whatever the number of people.</summary>
public sealed class UnitCounter(SiteDbContext db, IOptions<OrganizationOptions> options)
{
    /// <summary>Counts a unit and the units below it, as far as they lie in the scope.</summary>
    public async Task<UnitCounts> CountAsync(AdministrativeUnit root, DateOnly day, UnitScope scope, CancellationToken cancellationToken = default)
    {
        var within = scope.Within(root.Path);
        var children = await db.Units.AsNoTracking().On(day).Where(unit => unit.ParentId == root.Id).ToListAsync(cancellationToken);
        var parts = Sort(children.Where(unit => within.Paths.Any(path => path.StartsWith(unit.Path, StringComparison.Ordinal) || unit.Path.StartsWith(path, StringComparison.Ordinal))))
            .Select(unit => new UnitFigures(unit)).ToList();
        var byPath = parts.ToDictionary(part => part.Unit.Path, StringComparer.Ordinal);
        var total = new UnitFigures(root);
        foreach (var (path, figures) in await CountPlacesAsync(root, day, within, cancellationToken))
        {
            total.Add(figures);
            if (byPath.TryGetValue(PrefixBelow(root.Path, path), out var part))
            {
                part.Add(figures);
            }
        }

        var people = await Members(day, within).Select(membership => membership.PersonId).Distinct().CountAsync(cancellationToken);
        return new(total, parts, people);
    }

    /// <summary>Figures by commune, or by village when a commune is asked for: the database groups, the few groups are added up here.</summary>
    private async Task<Dictionary<string, UnitFigures>> CountPlacesAsync(AdministrativeUnit root, DateOnly day, UnitScope scope, CancellationToken cancellationToken)
    {
        var byCommune = root.Level is UnitLevel.Province or UnitLevel.District;
        var places = new Dictionary<string, UnitFigures>(StringComparer.Ordinal);
        var teams = await db.Teams.On(day).InScope(scope, team => team.Unit.Path)
            .GroupBy(team => new { Path = byCommune && team.Unit.Level == UnitLevel.Village ? team.Unit.Parent!.Path : team.Unit.Path, team.Unit.Level })
            .Select(group => new { group.Key.Path, group.Key.Level, Count = group.Count() }).ToListAsync(cancellationToken);
        foreach (var group in teams)
        {
            Place(group.Path).Add(group.Level == UnitLevel.Village ? new(root) { VillageTeams = group.Count } : new(root) { CommuneTeams = group.Count });
        }

        var members = await Members(day, scope)
            .GroupBy(member => new { Path = byCommune && member.Team.Unit.Level == UnitLevel.Village ? member.Team.Unit.Parent!.Path : member.Team.Unit.Path, member.Team.Unit.Level })
            .Select(group => new { group.Key.Path, group.Key.Level, Count = group.Count() }).ToListAsync(cancellationToken);
        foreach (var group in members)
        {
            Place(group.Path).Add(group.Level == UnitLevel.Village ? new(root) { VillageMembers = group.Count } : new(root) { CommuneMembers = group.Count });
        }

        var units = await db.Units.On(day).InScope(scope, unit => unit.Path)
            .Where(unit => unit.Level == UnitLevel.Commune || unit.Level == UnitLevel.Village)
            .GroupBy(unit => new { Path = byCommune && unit.Level == UnitLevel.Village ? unit.Parent!.Path : unit.Path, unit.Level })
            .Select(group => new { group.Key.Path, group.Key.Level, Count = group.Count() }).ToListAsync(cancellationToken);
        foreach (var group in units)
        {
            Place(group.Path).Add(group.Level == UnitLevel.Village ? new(root) { Villages = group.Count } : new(root) { Communes = group.Count });
        }

        return places;

        UnitFigures Place(string path) => places.TryGetValue(path, out var figures) ? figures : places[path] = new(root);
    }

    private IQueryable<Membership> Members(DateOnly day, UnitScope scope) =>
        db.Memberships.On(day)
            .Where(member => member.Role != TeamRole.Collaborator && member.Team.State == TeamState.Active && member.Team.ValidFrom <= day && (member.Team.ValidTo == null || member.Team.ValidTo > day))
            .InScope(scope, member => member.Team.Unit.Path);

    private IEnumerable<AdministrativeUnit> Sort(IEnumerable<AdministrativeUnit> units)
    {
        var order = options.Value.UnitOrder;
        return units.OrderBy(unit => Array.IndexOf(order, unit.Code) is >= 0 and var index ? index : int.MaxValue).ThenBy(unit => unit.Code, StringComparer.Ordinal);
    }

    /// <summary>The path of the unit right below the root in which a deeper unit lies.</summary>
    private static string PrefixBelow(string root, string path)
    {
        var end = path.IndexOf('/', Math.Min(root.Length, path.Length - 1));
        return path.Length <= root.Length ? path : path[..(end + 1)];
    }
}
