using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Finds the unit that somebody means, within what they may see.</summary>
public sealed class UnitFinder(SiteDbContext db)
{
    /// <summary>The unit that bore the code on a day; null when there is none in the scope.</summary>
    public async Task<AdministrativeUnit?> FindAsync(string code, DateOnly day, UnitScope scope, CancellationToken cancellationToken = default) =>
        await db.Units.AsNoTracking().On(day).InScope(scope, unit => unit.Path).SingleOrDefaultAsync(unit => unit.Code == code, cancellationToken);

    /// <summary>The unit at the top of a scope: the province for the whole tree, the commune of a coordinator; null when the scope is empty.</summary>
    public async Task<AdministrativeUnit?> FindTopAsync(UnitScope scope, DateOnly day, CancellationToken cancellationToken = default)
    {
        if (scope.IsNothing)
        {
            return null;
        }

        var common = scope.Paths.Aggregate(CommonPath);
        return common.Length == 0
            ? await db.Units.AsNoTracking().On(day).Where(unit => unit.ParentId == null).OrderBy(unit => unit.Code).FirstOrDefaultAsync(cancellationToken)
            : await db.Units.AsNoTracking().On(day).FirstOrDefaultAsync(unit => unit.Path == common, cancellationToken);
    }

    private static string CommonPath(string one, string other)
    {
        var parts = one.Split('/', StringSplitOptions.RemoveEmptyEntries).Zip(other.Split('/', StringSplitOptions.RemoveEmptyEntries)).TakeWhile(pair => pair.First == pair.Second);
        return string.Concat(parts.Select(pair => $"{pair.First}/"));
    }
}
