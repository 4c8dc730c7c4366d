using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>Villages with and without a team, against the aim of all of them (R18). A commune lists its villages without one.</summary>
internal sealed class TeamCoverage(UnitFinder finder, UnitCounter counter, IStringLocalizer<Strings> texts) : TeamReport(finder, counter, texts)
{
    public override string Id => "team-coverage";

    public override string Title => T["Bản đã có Tổ và chưa có Tổ"];

    public override string Description => T["Còn những bản nào chưa có Tổ công nghệ số cộng đồng?"];

    protected override ReportTable Write(UnitCounts counts, ReportQuery query)
    {
        var total = counts.Total;
        var rows = Rows(counts).Where(figures => figures.Unit.Level != UnitLevel.Village || figures.VillagesWithoutTeam > 0).ToArray();
        var sentence = total.VillagesWithoutTeam == 0
            ? T["Đến ngày {0}, cả {1} bản của {2} đều đã có Tổ.", query.AsOf.ToDateText(), total.Villages.ToVietnamese(), total.Unit.Name]
            : T["Đến ngày {0}, {1} có {2} trong {3} bản đã có Tổ; còn {4} bản chưa có.",
                query.AsOf.ToDateText(), total.Unit.Name, (total.Villages - total.VillagesWithoutTeam).ToVietnamese(), total.Villages.ToVietnamese(), total.VillagesWithoutTeam.ToVietnamese()];
        return new(sentence,
            [
                new("stt", T["STT"], ReportColumnKind.Number),
                new("unit_code", T["Mã"]),
                new("unit_name", T["Đơn vị"]),
                new("villages", T["Số bản"], ReportColumnKind.Number),
                new("with_team", T["Đã có Tổ"], ReportColumnKind.Number),
                new("without_team", T["Chưa có Tổ"], ReportColumnKind.Number),
                new("share", T["Tỷ lệ đã có"], ReportColumnKind.Percent),
            ],
            [.. rows.Select((figures, index) => Row(index + 1, figures.Unit.Name, figures))])
        {
            Totals = Row(null, T["Tổng cộng"], total),
            Chart = rows.Length > 0 && rows[0].Unit.Level != UnitLevel.Village ? new("unit_name", ["with_team", "without_team"]) : null,
            RowLinks = [.. rows.Select(figures => Link(figures, query))],
            Summary = new Dictionary<string, ReportFigure>
            {
                ["villages"] = new(T["Bản"], total.Villages),
                ["with_team"] = new(T["Đã có Tổ"], total.Villages - total.VillagesWithoutTeam),
                ["without_team"] = new(T["Chưa có Tổ"], total.VillagesWithoutTeam),
            },
        };
    }

    private static object?[] Row(int? number, string name, UnitFigures figures) =>
    [
        number, figures.Unit.Code, name, figures.Villages, figures.Villages - figures.VillagesWithoutTeam, figures.VillagesWithoutTeam,
        figures.Villages == 0 ? null : (double)(figures.Villages - figures.VillagesWithoutTeam) / figures.Villages,
    ];
}
