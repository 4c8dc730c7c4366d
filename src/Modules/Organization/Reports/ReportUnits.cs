using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>The units that a report can be asked by: districts and communes of the reader's scope, communes under their district.</summary>
internal sealed class ReportUnits(SiteDbContext db) : IReportFilterSource
{
    public ReportFilters Filter => ReportFilters.Unit;

    public async Task<IReadOnlyList<ReportFilterOption>> GetOptionsAsync(UnitScope scope, DateOnly asOf, int take, CancellationToken cancellationToken) =>
        await db.Units.AboveVillages(scope, asOf)
            .Take(take)
            .Select(unit => new ReportFilterOption(unit.Code, unit.Name, unit.Level == UnitLevel.Commune ? unit.Parent!.Name : null))
            .ToListAsync(cancellationToken);

    public Task<string?> GetNameAsync(string code, DateOnly asOf, CancellationToken cancellationToken) =>
        db.Units.On(asOf).Where(unit => unit.Code == code).Select(unit => (string?)unit.Name).FirstOrDefaultAsync(cancellationToken);
}
