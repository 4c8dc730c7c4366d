using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Organization.Controllers;

/// <summary>The tree of units, from the top of the reader's scope down, as of any day.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ViewUnits))]
[Route("units")]
public sealed class UnitController(SiteDbContext db, CurrentUser user, UnitFinder finder, UnitCounter counter, TeamSizeReader sizes, TimeProvider clock) : Controller
{
    private UnitScope Scope => user.ScopeOf(Permissions.ViewUnits);

    [HttpGet("")]
    public async Task<IActionResult> Index(string? q, [FromQuery(Name = "as_of")] DateOnly? asOf, string? sort, int page, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        if (!string.IsNullOrWhiteSpace(q))
        {
            var units = db.Units.AsNoTracking().On(day).InScope(Scope, unit => unit.Path).WhereNamed(q)
                .OrderBy(unit => unit.Path.Length).ThenBy(unit => unit.NameFolded).ThenBy(unit => unit.Code)
                .Select(unit => new UnitHit(unit.Code, unit.Name, unit.FullName));
            return View("Search", new UnitSearchPage(q.Trim(), day, await units.ToPageAsync(page, 50, cancellationToken)));
        }

        return await finder.FindTopAsync(Scope, day, cancellationToken) is { } top
            ? await PageAsync(top, day, sort, page, cancellationToken)
            : View("Empty", day);
    }

    [HttpGet("{code}")]
    public async Task<IActionResult> Show(string code, [FromQuery(Name = "as_of")] DateOnly? asOf, string? sort, int page, CancellationToken cancellationToken)
    {
        var day = asOf ?? clock.Today();
        return await finder.FindAsync(code, day, Scope, cancellationToken) is { } unit ? await PageAsync(unit, day, sort, page, cancellationToken) : NotFound();
    }

    private async Task<IActionResult> PageAsync(AdministrativeUnit unit, DateOnly day, string? sort, int page, CancellationToken cancellationToken)
    {
        var counts = await counter.CountAsync(unit, day, Scope, cancellationToken);
        var above = await db.Units.AsNoTracking().On(day).InScope(Scope, row => row.Path).Where(row => unit.Path.StartsWith(row.Path) && row.Id != unit.Id)
            .OrderBy(row => row.Path).Select(row => new UnitHit(row.Code, row.Name, row.FullName)).ToListAsync(cancellationToken);
        var model = new UnitPage(unit, day, counts, above, sort ?? "")
        {
            IsToday = day == clock.Today(),
            IsAhead = day > clock.Today(),
            // A commune's villages with a team stand in the list of teams already.
            Parts = Sort(unit.Level == UnitLevel.Commune ? [.. counts.Parts.Where(part => part.VillagesWithoutTeam > 0)] : counts.Parts, sort, page),
            MayImport = user.Can(Permissions.ImportRosters, unit.Path),
            MaySeePeople = user.Can(Permissions.ViewPeople, unit.Path),
        };
        if (unit.Level is UnitLevel.Commune or UnitLevel.Village)
        {
            var teams = db.Teams.AsNoTracking().InScope(Scope.Within(unit.Path), team => team.Unit.Path)
                .Where(team => team.ValidFrom <= day && (team.ValidTo == null || team.ValidTo > day));
            var rules = await sizes.OnAsync(day, cancellationToken);
            var lines = await teams.OrderBy(team => team.Unit.Path).SelectLines(day).ToPageAsync(unit.Level == UnitLevel.Commune ? page : 1, 50, cancellationToken);
            model = model with
            {
                Teams = new([.. lines.Items.Select(line => new TeamRowModel(line, [.. TeamGaps.Of(line, rules)]))], lines.Total, lines.Number, lines.Size),
                HasOwnTeam = await teams.AnyAsync(team => team.UnitId == unit.Id, cancellationToken),
            };
        }

        return View("Show", model);
    }

    private static Page<UnitFigures> Sort(IReadOnlyList<UnitFigures> parts, string? sort, int page)
    {
        IEnumerable<UnitFigures> sorted = sort?.TrimStart('-') switch
        {
            "name" => parts.OrderBy(part => part.Unit.NameFolded, StringComparer.Ordinal),
            "teams" => parts.OrderBy(part => part.Teams),
            "members" => parts.OrderBy(part => part.Members),
            "without" => parts.OrderBy(part => part.VillagesWithoutTeam),
            _ => (IEnumerable<UnitFigures>)parts,
        };
        var rows = sort?.StartsWith('-') == true ? sorted.Reverse().ToList() : sorted.ToList();
        const int size = 50;
        var number = Math.Clamp(page, 1, Math.Max(1, (rows.Count + size - 1) / size));
        return new([.. rows.Skip((number - 1) * size).Take(size)], rows.Count, number, size);
    }
}

/// <summary>A unit in a list.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="FullName">Its name with those above, which tells units of one name apart.</param>
public sealed record UnitHit(string Code, string Name, string FullName);

/// <summary>What a search for units found.</summary>
/// <param name="Query">What was typed.</param>
/// <param name="Day">The day.</param>
/// <param name="Units">The units.</param>
public sealed record UnitSearchPage(string Query, DateOnly Day, Page<UnitHit> Units);

/// <summary>The page of a unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Day">The day counted.</param>
/// <param name="Counts">Its figures.</param>
/// <param name="Above">The units above that the reader may see.</param>
/// <param name="SortBy">How the units below are sorted.</param>
public sealed record UnitPage(AdministrativeUnit Unit, DateOnly Day, UnitCounts Counts, IReadOnlyList<UnitHit> Above, string SortBy)
{
    /// <summary>Whether the day is today.</summary>
    public bool IsToday { get; init; }

    /// <summary>Whether the day has not come: a reform may be entered before its day (R2), so that it is looked at, and said.</summary>
    public bool IsAhead { get; init; }

    /// <summary>The units below.</summary>
    public required Page<UnitFigures> Parts { get; init; }

    /// <summary>The teams of a commune or village; null higher up.</summary>
    public Page<TeamRowModel>? Teams { get; init; }

    /// <summary>Whether the unit has a team, be it a draft.</summary>
    public bool HasOwnTeam { get; init; }

    /// <summary>Whether the reader may import lists and found teams here.</summary>
    public bool MayImport { get; init; }

    /// <summary>Whether the reader may see profiles here.</summary>
    public bool MaySeePeople { get; init; }

    /// <summary>The query that keeps the day.</summary>
    public string? DayQuery => IsToday ? null : Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A team in a list.</summary>
/// <param name="Team">The team.</param>
/// <param name="Gaps">What is amiss.</param>
public sealed record TeamRowModel(TeamLine Team, IReadOnlyList<TeamGap> Gaps);
