using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Units that belong to one test alone.</summary>
internal static class OrganizationArrange
{
    private static int _number;

    /// <summary>A new commune of the city.</summary>
    public static Task<AdministrativeUnit> UnitAsync(this SiteFixture site, string name) => site.QueryAsync(async db =>
    {
        var code = $"9{Interlocked.Increment(ref _number):0000}";
        var city = await db.Units.SingleAsync(unit => unit.Path == "14/116/");
        var unit = new AdministrativeUnit { Code = code, ParentId = city.Id, Level = UnitLevel.Commune, Name = name, NameFolded = VietnameseText.Fold(name), FullName = $"{name}, {city.Name}", Path = $"14/116/{code}/", ValidFrom = new(2020, 1, 1) };
        db.Units.Add(unit);
        await db.SaveChangesAsync();
        return unit;
    });

    /// <summary>Lets a unit end today, as a reform does.</summary>
    public static Task EndUnitAsync(this SiteFixture site, AdministrativeUnit unit) =>
        site.QueryAsync(db => db.Units.Where(row => row.Id == unit.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.ValidTo, site.Clock.Today())));
}
