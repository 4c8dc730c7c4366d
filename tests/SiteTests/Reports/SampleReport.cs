using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Models;

namespace TrainingSite.SiteTests.Reports;

/// <summary>A report with a column of every kind, words that attack spreadsheets, and no database.</summary>
internal sealed class SampleReport : IReport
{
    public string Id => "sample";

    public string Title => "Báo cáo mẫu";

    public string Description => "Có bao nhiêu tổ ở mỗi nơi?";

    public Permission Permission => TrainingSite.Reports.Permissions.ViewReports;

    public ReportFilters Filters => ReportFilters.AsOf | ReportFilters.Unit;

    public Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (query.UnitCode is not null and not "116")
        {
            return Task.FromResult<Result<ReportTable>>(new Fault("unit_not_found", $"Không có đơn vị {query.UnitCode}.", "unit", FaultKind.NotFound));
        }

        List<IReadOnlyList<object?>> rows =
        [
            ["03646", "Phường Chiềng Lề", 2990, 0.931, new DateOnly(2023, 9, 30), string.Join(' ', query.Scope.Paths)],
            ["03647", "=HYPERLINK(\"http://x\")", 12, 1d / 3, null, "+84500112648"],
        ];
        return Task.FromResult<Result<ReportTable>>(new ReportTable(
            "Có 3.002 tổ.",
            [
                new("unit_code", "Mã"), new("unit_name", "Đơn vị"), new("teams", "Số tổ", ReportColumnKind.Number),
                new("share", "Tỷ lệ", ReportColumnKind.Percent), new("since", "Từ ngày", ReportColumnKind.Date), new("note", "Ghi chú"),
            ],
            rows)
        {
            Totals = [null, "Tổng cộng", 3002, null, null, null],
            Chart = new("unit_name", ["teams"]),
            Summary = new Dictionary<string, ReportFigure> { ["communes_present"] = new("xã có mặt", 197) },
            RowLinks = ["/units/03646", null],
        });
    }
}

/// <summary>A report about one session.</summary>
internal sealed class SampleSessionReport : IReport
{
    public string Id => "sample-session";

    public string Title => "Báo cáo buổi mẫu";

    public string Description => "Ai đã đến?";

    public Permission Permission => new("AdministratorsOnly", "");

    public ReportFilters Filters => ReportFilters.Session;

    public Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ReportTable>>(new ReportTable("", [new("code", "Mã")], []));
}

/// <summary>Reports have no tables of their own: one database is enough.</summary>
public sealed class ReportSite : SqliteSite
{
    // The outcome must not depend on whether the machine has LibreOffice.
    protected override IEnumerable<(string Key, string Value)> Settings() => [("Tools:Office", "/nowhere/soffice")];

    protected override void AddServices(IServiceCollection services)
    {
        services.AddScoped<IReport, SampleReport>();
        services.AddScoped<IReport, SampleSessionReport>();
    }
}
