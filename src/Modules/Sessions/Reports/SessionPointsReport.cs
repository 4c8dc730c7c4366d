using System.Text.Json;
using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Reports;

/// <summary>Every point of a session: how it stood, whom it expected, whom it counted and marked (R40, R41).</summary>
internal sealed class SessionPointsReport(SessionReportReader reader, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "session-points";

    public string Title => T["Các điểm cầu của buổi tập huấn"];

    public string Description => T["Điểm cầu nào có mặt, điểm nào vắng và vì sao; số đếm có khớp với danh sách điểm danh không?"];

    public Permission Permission => Permissions.ViewSessions;

    public ReportFilters Filters => ReportFilters.Session | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(query, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Faults.ToList();
        }

        var figures = read.Value.Figures;
        var mismatches = figures.Points.Count(point => point.HasMismatch);
        string sentence = T["{0}/{1} điểm cầu có mặt, {2} người dự.", figures.PointsPresent.ToVietnamese(), figures.Points.Count.ToVietnamese(), figures.Whole.Attended.ToVietnamese()];
        return new ReportTable(mismatches == 0 ? sentence : sentence + " " + T["{0} điểm có số đếm khác số điểm danh theo tên; hãy xem lại.", mismatches.ToVietnamese()], Columns(), [.. figures.Points.Select(ToRow)])
        {
            Totals = [null, T["Cộng"].Value, null, null, null, null, figures.Whole.Invited, figures.Whole.Named, figures.Whole.HeadCount, figures.Whole.Attended, null, figures.Whole.MadeUp, figures.Whole.OnlineCount],
            Summary = new Dictionary<string, ReportFigure>
            {
                ["points"] = new(T["Điểm cầu"], figures.Points.Count),
                ["points_present"] = new(T["Điểm cầu có mặt"], figures.PointsPresent),
                ["people_present"] = new(T["Người dự"], figures.Whole.Attended),
                ["mismatches"] = new(T["Điểm có số đếm lệch"], mismatches),
            },
            RowLinks = [.. figures.Points.Select(point => $"/sessions/{Uri.EscapeDataString(read.Value.Session.Code)}/points/{Uri.EscapeDataString(point.Code)}/sheet")],
        };
    }

    private ReportColumn[] Columns() =>
    [
        new("point_code", T["Mã"]),
        new("point_name", T["Điểm cầu"]),
        new("commune_code", T["Mã xã"]),
        new("state", T["Mã tình trạng"]) { IsForPrograms = true },
        new("state_name", T["Tình trạng"]),
        new("reason", T["Lý do"]),
        new("people_invited", T["Người được mời"], ReportColumnKind.Number),
        new("named_present", T["Điểm danh theo tên"], ReportColumnKind.Number),
        new("head_count", T["Số đếm"], ReportColumnKind.Number),
        new("people_present", T["Người dự"], ReportColumnKind.Number),
        new("mismatch", T["Lệch"], ReportColumnKind.Number),
        new("made_up", T["Học bù"], ReportColumnKind.Number),
        new("online_count", T["Trong đó qua mạng"], ReportColumnKind.Number),
    ];

    private object?[] ToRow(PointFigures point) =>
    [
        point.Code,
        point.Name,
        point.CommuneCode,
        JsonNamingPolicy.SnakeCaseLower.ConvertName(point.State.ToString()),
        T.PointBadge(point.State).Text,
        point.Reason,
        point.Figures.Invited,
        point.Figures.Named,
        point.Figures.HeadCount,
        point.Figures.Attended,
        point.HasMismatch ? point.Figures.HeadCount - point.Figures.Named : null,
        point.Figures.MadeUp,
        point.Figures.OnlineCount,
    ];
}
