using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Feedback;

/// <summary>What people said of a session, by point; points with few answers only count in the whole.</summary>
internal sealed class SessionFeedbackReport(SessionAccess access, FeedbackReader reader, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "session-feedback";

    public string Title => T["Góp ý của người dự"];

    public string Description => T["Người dự hiểu bài đến đâu, người hướng dẫn và khâu tổ chức được chấm mấy điểm?"];

    public Permission Permission => Permissions.ViewSessions;

    public ReportFilters Filters => ReportFilters.Session;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        if (query.SessionCode is not { Length: > 0 } code)
        {
            return new Fault("session_required", T["Hãy chọn buổi tập huấn."], "session");
        }

        if (await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken) is not { } session)
        {
            return access.NoSession(code);
        }

        var figures = await reader.CountAsync(session.Id, query.Scope, cancellationToken);
        // Fewer than this within a reader's part of the tree would be as good as a name.
        if (figures is null or { Answers: < FeedbackReader.FewestApart })
        {
            return new ReportTable(T["Chưa đủ {0} góp ý để báo cáo.", FeedbackReader.FewestApart], Columns(), []);
        }

        var points = await reader.CountPointsAsync(session.Id, query.Scope, cancellationToken);
        return new ReportTable(
            T["{0} người góp ý: hiểu bài {1}, người hướng dẫn {2}, tổ chức {3} trên 5.", figures.Answers.ToVietnamese(), Mark(figures.Understanding), Mark(figures.Guidance), Mark(figures.Organization)],
            Columns(),
            [.. points.Select(point => ToRow(point.Code, point.Name, point.Figures))])
        {
            Totals = ToRow(null, T["Cả buổi"].Value, figures),
        };
    }

    /// <summary>"4,3".</summary>
    internal static string Mark(double average) => average.ToString("0.0", CultureInfo.GetCultureInfo("vi-VN"));

    private ReportColumn[] Columns() =>
    [
        new("point_code", T["Mã"]),
        new("point_name", T["Điểm cầu"]),
        new("answers", T["Số góp ý"], ReportColumnKind.Number),
        new("understanding", T["Hiểu bài"], ReportColumnKind.Number),
        new("guidance", T["Người hướng dẫn"], ReportColumnKind.Number),
        new("organization", T["Tổ chức"], ReportColumnKind.Number),
    ];

    private static object?[] ToRow(string? code, string name, FeedbackFigures figures) =>
        [code, name, figures.Answers, Math.Round(figures.Understanding, 2), Math.Round(figures.Guidance, 2), Math.Round(figures.Organization, 2)];
}
