using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>A unit to choose.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">Its name for people.</param>
public sealed record UnitOption(string Path, string Name)
{
    /// <summary>Its code.</summary>
    public string Code => UnitPath.CodeOf(Path);

    /// <summary>The unit that something is for already; null when it is for none.</summary>
    public static UnitOption? Of(string? path, string? name) => path is null ? null : new(path, name ?? UnitPath.CodeOf(path));
}

/// <summary>The units that a form offers to choose from, and which of them was chosen.</summary>
public sealed class UnitChoices(SiteDbContext db, UnitFinder finder)
{
    /// <summary>More than the communes of a province; a wider scope types the code.</summary>
    private const int Most = 400;

    /// <summary>The units of a scope on a day, down to the communes; null when they are too many and the code is typed.</summary>
    /// <param name="scope">Where the user may choose.</param>
    /// <param name="day">The day.</param>
    /// <param name="withProvince">Whether the province itself can be chosen.</param>
    /// <param name="current">What was chosen before: it stays among the choices when it has ended or is not listed, so that saving does not change it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<UnitOption>?> ListAsync(UnitScope scope, DateOnly day, bool withProvince, UnitOption? current, CancellationToken cancellationToken)
    {
        var units = await db.Units.AboveVillages(scope, day).Where(unit => withProvince || unit.Level != UnitLevel.Province)
            .Select(unit => new UnitOption(unit.Path, unit.FullName)).Take(Most + 1).ToListAsync(cancellationToken);
        return units.Count > Most ? null
            : current is null || units.Exists(unit => unit.Code == current.Code) ? units
            : [current, .. units];
    }

    /// <summary>The unit of the scope that bears the code on the day, else what was chosen before; null when it is neither.</summary>
    /// <param name="code">The code, as it was chosen or typed.</param>
    /// <param name="scope">Where the user may choose.</param>
    /// <param name="day">The day.</param>
    /// <param name="withProvince">Whether the province itself can be chosen.</param>
    /// <param name="current">What was chosen before.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<UnitOption?> FindAsync(string code, UnitScope scope, DateOnly day, bool withProvince, UnitOption? current, CancellationToken cancellationToken) =>
        await finder.FindAsync(code, day, scope, cancellationToken) is { } unit && (withProvince || unit.Level != UnitLevel.Province) ? new(unit.Path, unit.FullName)
        : current?.Code == code ? current
        : null;
}

/// <summary>What lists of units have in common.</summary>
internal static class UnitChoicesExtensions
{
    /// <summary>The units of a scope on a day without the villages, each after the one it belongs to.</summary>
    public static IQueryable<AdministrativeUnit> AboveVillages(this IQueryable<AdministrativeUnit> units, UnitScope scope, DateOnly day) =>
        units.On(day).InScope(scope, unit => unit.Path).Where(unit => unit.Level != UnitLevel.Village).OrderBy(unit => unit.Path);
}
