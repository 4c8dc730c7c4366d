using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>Finds the unit that a report on teams is about, and counts it.</summary>
internal abstract class TeamReport(UnitFinder finder, UnitCounter counter, IStringLocalizer<Strings> texts) : IReport
{
    /// <summary>The texts, under the name that they have everywhere.</summary>
    protected IStringLocalizer<Strings> T => texts;

    public abstract string Id { get; }

    public abstract string Title { get; }

    public abstract string Description { get; }

    public Permission Permission => Permissions.ViewTeamStatistics;

    public ReportFilters Filters => ReportFilters.AsOf | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var root = query.UnitCode is { } code
            ? await finder.FindAsync(code, query.AsOf, query.Scope, cancellationToken)
            : await finder.FindTopAsync(query.Scope, query.AsOf, cancellationToken);
        if (root is null)
        {
            return new Fault("unit_not_found", query.UnitCode is null
                ? T["Ngày {0} chưa có đơn vị nào trong phạm vi của bạn. Hãy chọn ngày khác.", query.AsOf.ToDateText()]
                : T["Không có đơn vị mã “{0}” trong phạm vi của bạn vào ngày {1}. Hãy kiểm tra mã đơn vị và ngày.", query.UnitCode, query.AsOf.ToDateText()], "unit", FaultKind.NotFound);
        }

        var counts = await counter.CountAsync(root, query.AsOf, query.Scope, cancellationToken);
        return Write(counts, query);
    }

    protected abstract ReportTable Write(UnitCounts counts, ReportQuery query);

    /// <summary>A village has nothing below it and is its own row.</summary>
    protected static IReadOnlyList<UnitFigures> Rows(UnitCounts counts) => counts.Parts.Count > 0 || counts.Total.Unit.Level != UnitLevel.Village ? counts.Parts : [counts.Total];

    protected string? Link(UnitFigures figures, ReportQuery query) => figures.Unit.Level == UnitLevel.Village
        ? $"/units/{figures.Unit.Code}"
        : string.Create(CultureInfo.InvariantCulture, $"/reports/{Id}?unit={figures.Unit.Code}&as_of={query.AsOf:yyyy-MM-dd}");
}
