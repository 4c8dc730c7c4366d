using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>Who took part in a training day, by district, within a district by commune (R42).</summary>
internal sealed class SessionAttendanceReport(SessionReportReader reader, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "session-attendance";

    public string Title => T["Kết quả buổi tập huấn"];

    public string Description => T["Bao nhiêu điểm cầu, Tổ, xã và người đã dự; xã nào vắng và vì sao?"];

    public Permission Permission => Permissions.ViewSessions;

    public ReportFilters Filters => ReportFilters.Session | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(query, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Faults.ToList();
        }

        var (session, unit, figures) = read.Value;
        // A single district or a commune is shown by communes; so is a province without districts.
        var byDistrict = figures.Districts.Count > 0 && unit?.Level is not (UnitLevel.District or UnitLevel.Commune);
        var rows = (byDistrict ? figures.Districts : figures.Communes)
            .Select(part => ToRow(part, AbsentIn(figures, part), figures.HasTeams)).ToList();
        var links = (byDistrict ? figures.Districts : figures.Communes)
            .Select(part => byDistrict ? $"/reports/{Id}?session={Uri.EscapeDataString(session.Code)}&unit={part.Code}" : $"/reports/session-points?session={Uri.EscapeDataString(session.Code)}&unit={part.Code}").ToList<string?>();
        if (figures.Points.Where(point => point.CommuneCode is null).ToList() is { Count: > 0 } halls)
        {
            rows.Add([null, T["Điểm cầu chung"].Value, halls.Count, halls.Count(point => point.IsPresent), 0, 0, figures.HasTeams ? 0 : null, halls.Sum(hall => hall.Figures.Named > 0 ? 0 : hall.Figures.Invited), halls.Sum(hall => hall.Figures.Named > 0 ? 0 : hall.Figures.Attended), null, null, 0]);
            links.Add(null);
        }

        return new ReportTable(Sentence(figures), Columns(), rows)
        {
            RowLinks = links,
            Totals = [null, T["Cộng"].Value, figures.Points.Count, figures.PointsPresent, figures.Communes.Count, figures.CommunesPresent, figures.HasTeams ? figures.Whole.Teams : null, figures.Whole.Invited, figures.Whole.Attended, Share(figures.Whole), null, figures.Whole.MadeUp],
            Chart = new("unit_name", ["people_present"]),
            Summary = Summary(figures),
        };
    }

    private ReportColumn[] Columns() =>
    [
        new("unit_code", T["Mã"]),
        new("unit_name", T["Đơn vị"]),
        new("points", T["Điểm cầu"], ReportColumnKind.Number),
        new("points_present", T["Điểm có mặt"], ReportColumnKind.Number),
        new("communes_invited", T["Xã được mời"], ReportColumnKind.Number),
        new("communes_present", T["Xã có mặt"], ReportColumnKind.Number),
        new("teams_present", T["Tổ có mặt"], ReportColumnKind.Number),
        new("people_invited", T["Người được mời"], ReportColumnKind.Number),
        new("people_present", T["Người dự"], ReportColumnKind.Number),
        new("share_present", T["Tỷ lệ"], ReportColumnKind.Percent),
        new("absent", T["Xã vắng, lý do"]),
        new("made_up", T["Học bù"], ReportColumnKind.Number),
    ];

    private object?[] ToRow(UnitFigures part, string? absent, bool hasTeams) =>
    [
        part.Code, part.Name, part.Points, part.PointsPresent, part.Communes, part.CommunesPresent, hasTeams ? part.Figures.Teams : null, part.Figures.Invited, part.Figures.Attended, Share(part.Figures), absent, part.Figures.MadeUp,
    ];

    private static double? Share(AttendanceFigures figures) => figures.Invited == 0 ? null : Math.Round(Math.Min(1, (double)figures.Attended / figures.Invited), 4);

    private string? AbsentIn(SessionFigures figures, UnitFigures part) =>
        figures.CommunesAbsent.Where(commune => commune.Path.StartsWith(part.Path, StringComparison.Ordinal)).Select(Describe).ToList() is { Count: > 0 } absent ? string.Join("; ", absent) : null;

    private string Describe(UnitFigures commune) => commune.Reason is { } reason ? $"{commune.Name} ({reason})" : commune.Name;

    private string Sentence(SessionFigures figures)
    {
        if (!figures.HasBegun && figures.Whole.Attended == 0)
        {
            return T["Buổi này chưa diễn ra: {0} điểm cầu, {1} xã, mời {2} người.", figures.Points.Count.ToVietnamese(), figures.Communes.Count.ToVietnamese(), figures.Whole.Invited.ToVietnamese()];
        }

        var points = figures.PointsPresent.ToVietnamese();
        var people = figures.Whole.Attended.ToVietnamese();
        var present = figures.CommunesPresent.ToVietnamese();
        var invited = figures.Communes.Count.ToVietnamese();
        string main = figures.HasTeams
            ? T["{0} điểm cầu có mặt, {1} Tổ của {2}/{3} xã, {4} người dự.", points, figures.Whole.Teams.ToVietnamese(), present, invited, people]
            : T["{0} điểm cầu có mặt, {1}/{2} xã, {3} người dự.", points, present, invited, people];
        var absent = figures.CommunesAbsent.ToList();
        return absent.Count is > 0 and <= 20 ? main + " " + T["Vắng: {0}.", string.Join("; ", absent.Select(Describe))] : main;
    }

    private Dictionary<string, ReportFigure> Summary(SessionFigures figures)
    {
        var summary = new Dictionary<string, ReportFigure>
        {
            ["points_present"] = new(T["Điểm cầu có mặt"], figures.PointsPresent),
            ["communes_present"] = new(T["Xã có mặt"], figures.CommunesPresent),
            ["communes_invited"] = new(T["Xã được mời"], figures.Communes.Count),
            ["people_present"] = new(T["Người dự"], figures.Whole.Attended),
            ["people_invited"] = new(T["Người được mời"], figures.Whole.Invited),
        };
        if (figures.HasTeams)
        {
            summary["teams_present"] = new(T["Tổ có mặt"], figures.Whole.Teams);
        }

        if (figures.Whole.MadeUp > 0)
        {
            summary["people_made_up"] = new(T["Người học bù"], figures.Whole.MadeUp);
        }

        if (figures.CommunesAbsent.ToList() is { Count: > 0 } absent)
        {
            summary["communes_absent"] = new(T["Xã vắng"], absent.Count);
            summary["absent"] = new(T["Xã vắng, lý do"], string.Join("; ", absent.Select(Describe)));
        }

        return summary;
    }
}
