using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>The units that a report can be asked by: districts and communes of the reader's scope, communes under their district.</summary>
internal sealed class UnitChoices(SiteDbContext db) : IReportFilterSource
{
    public ReportFilters Filter => ReportFilters.Unit;

    public async Task<IReadOnlyList<ReportFilterOption>> GetOptionsAsync(UnitScope scope, DateOnly asOf, int take, CancellationToken cancellationToken) =>
        await db.Units.On(asOf).InScope(scope, unit => unit.Path)
            .Where(unit => unit.Level != UnitLevel.Village)
            .OrderBy(unit => unit.Path)
            .Take(take)
            .Select(unit => new ReportFilterOption(unit.Code, unit.Name, unit.Level == UnitLevel.Commune ? unit.Parent!.Name : null))
            .ToListAsync(cancellationToken);
}
