using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>The appendix of report 07/CĐS: teams and members per unit and level, as of any day (R59).</summary>
internal sealed class TeamStatistics(UnitFinder finder, UnitCounter counter, IOptions<OrganizationOptions> options, IStringLocalizer<Strings> texts)
    : TeamReport(finder, counter, texts)
{
    public override string Id => "team-statistics";

    public override string Title => T["Thống kê Tổ và thành viên"];

    public override string Description => T["Mỗi đơn vị có bao nhiêu Tổ cấp xã, cấp bản và bao nhiêu thành viên?"];

    protected override ReportTable Write(UnitCounts counts, ReportQuery query)
    {
        var rows = Rows(counts);
        var total = counts.Total;
        var sentence = T["Đến ngày {0}, {1} có {2} Tổ ({3} cấp xã, {4} cấp bản) với {5} thành viên; đó là {6} người.",
            query.AsOf.ToDateText(), total.Unit.Name, total.Teams.ToVietnamese(), total.CommuneTeams.ToVietnamese(), total.VillageTeams.ToVietnamese(), total.Members.ToVietnamese(), counts.People.ToVietnamese()];
        return new(sentence,
            [
                new("stt", T["STT"], ReportColumnKind.Number),
                new("district_code", T["Mã"]),
                new("unit_name", T["Đơn vị"]),
                new("commune_level_teams", T["Tổ cấp xã"], ReportColumnKind.Number),
                new("village_level_teams", T["Tổ cấp bản"], ReportColumnKind.Number),
                new("commune_level_members", T["Thành viên Tổ cấp xã"], ReportColumnKind.Number),
                new("village_level_members", T["Thành viên Tổ cấp bản"], ReportColumnKind.Number),
                new("note", T["Ghi chú"]),
            ],
            [.. rows.Select((figures, index) => Row(index + 1, figures.Unit.Name, figures, Note(figures)))])
        {
            Totals = Row(null, T["Tổng cộng"], total, T["{0} tổ; {1} thành viên", total.Teams.ToVietnamese(), total.Members.ToVietnamese()]),
            Chart = new("unit_name", ["commune_level_members", "village_level_members"]),
            RowLinks = [.. rows.Select(figures => Link(figures, query))],
            Summary = new Dictionary<string, ReportFigure>
            {
                ["teams"] = new(T["Tổ"], total.Teams),
                ["members"] = new(T["Thành viên"], total.Members),
                ["people"] = new(T["Người"], counts.People),
            },
        };
    }

    private static object?[] Row(int? number, string name, UnitFigures figures, string? note) =>
        [number, figures.Unit.Code, name, figures.CommuneTeams, figures.VillageTeams, figures.CommuneMembers, figures.VillageMembers, note];

    private string? Note(UnitFigures figures) => figures switch
    {
        { VillagesWithoutTeam: 0 } => (string?)null,
        { Unit.Level: UnitLevel.Village } => T["Chưa thành lập {0}", options.Value.TeamAbbreviation].Value,
        _ => T["Còn {0} bản chưa thành lập {1}", figures.VillagesWithoutTeam.ToVietnamese(), options.Value.TeamAbbreviation].Value,
    };
}
