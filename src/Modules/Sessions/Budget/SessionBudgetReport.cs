using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Reports;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Budget;

/// <summary>What a session costs and which devices are ready, by district; within a district by point (R46).</summary>
internal sealed class SessionBudgetReport(SiteDbContext db, SessionReportReader reader, BudgetReader budget, SessionAccess access, IStringLocalizer<Strings> T) : IReport
{
    public string Id => "session-budget";

    public string Title => T["Kinh phí và thiết bị của buổi tập huấn"];

    public string Description => T["Mỗi nơi chi bao nhiêu, thiết bị đã sẵn sàng chưa?"];

    public Permission Permission => Permissions.TakeAttendance;

    public ReportFilters Filters => ReportFilters.Session | ReportFilters.Unit;

    public async Task<Result<ReportTable>> RunAsync(ReportQuery query, CancellationToken cancellationToken)
    {
        var read = await reader.ReadAsync(query, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Faults.ToList();
        }

        var (session, unit, figures) = read.Value;
        var shown = figures.Points.Select(point => point.Code).ToHashSet();
        var points = (await budget.Points(db.SessionPoints.Where(point => point.SessionId == session.Id)).ToListAsync(cancellationToken)).FindAll(point => shown.Contains(point.Code));
        var byDistrict = figures.Districts.Count > 0 && unit?.Level is not (UnitLevel.District or UnitLevel.Commune);
        var rows = new List<object?[]>();
        var links = new List<string?>();
        if (byDistrict)
        {
            var districtOf = DistrictOf(figures);
            foreach (var group in points.GroupBy(point => districtOf.GetValueOrDefault(point.Code)).OrderBy(group => group.Key is null).ThenBy(group => group.Key?.Code, StringComparer.Ordinal))
            {
                rows.Add(ToRow(group.Key?.Code, group.Key?.Name ?? T["Điểm cầu chung"].Value, [.. group]));
                links.Add(group.Key is null ? null : $"/reports/{Id}?session={Uri.EscapeDataString(session.Code)}&unit={group.Key.Code}");
            }
        }
        else
        {
            foreach (var point in points.OrderBy(point => point.Code, StringComparer.Ordinal))
            {
                rows.Add(ToRow(point.Code, point.Name, [point]));
                links.Add($"/sessions/{Uri.EscapeDataString(session.Code)}/points/{Uri.EscapeDataString(point.Code)}/budget");
            }
        }

        // What the session as a whole costs belongs to no unit below; who manages the session reads it with the whole.
        var own = unit is null && access.CanManage(session) ? await OwnAsync(session, cancellationToken) : null;
        if (own is not null)
        {
            rows.Add(ToRow(null, own.Name, [own]));
            links.Add($"/sessions/{Uri.EscapeDataString(session.Code)}/budget");
            points.Add(own);
        }

        var sum = points.Sum(point => point.Amount);
        return new ReportTable(
            T["Chi {0} cho {1} khoản; {2}/{3} thiết bị đã sẵn sàng.", T.Money(sum), points.Sum(point => point.Lines).ToVietnamese(), points.Sum(point => point.Ready).ToVietnamese(), points.Sum(point => point.Equipment).ToVietnamese()],
            Columns(),
            rows)
        {
            RowLinks = links,
            Totals = ToRow(null, T["Cộng"].Value, points),
            Chart = byDistrict ? new("name", ["amount"]) : null,
        };
    }

    private async Task<PointBudget?> OwnAsync(TrainingSession session, CancellationToken cancellationToken)
    {
        var lines = db.Set<BudgetLine>().Where(line => line.SessionId == session.Id && line.PointId == null);
        var count = await lines.CountAsync(cancellationToken);
        return count == 0 ? null : new() { Code = "", Name = T["Chung cả buổi"], Amount = await lines.SumAsync(line => line.Amount, cancellationToken), Lines = count, Equipment = 0, Ready = 0 };
    }

    private static Dictionary<string, UnitFigures> DistrictOf(SessionFigures figures)
    {
        var communes = figures.Communes.ToDictionary(commune => commune.Code, commune => commune.Path, StringComparer.Ordinal);
        return figures.Points
            .Select(point => (point.Code, District: point.CommuneCode is { } code && communes.TryGetValue(code, out var path) ? figures.Districts.FirstOrDefault(district => path.StartsWith(district.Path, StringComparison.Ordinal)) : null))
            .Where(pair => pair.District is not null).ToDictionary(pair => pair.Code, pair => pair.District!, StringComparer.Ordinal);
    }

    private ReportColumn[] Columns() =>
    [
        new("code", T["Mã"]),
        new("name", T["Đơn vị"]),
        new("points", T["Điểm cầu"], ReportColumnKind.Number),
        new("lines", T["Khoản chi"], ReportColumnKind.Number),
        new("amount", T["Số tiền (đồng)"], ReportColumnKind.Number),
        new("equipment", T["Thiết bị"], ReportColumnKind.Number),
        new("equipment_ready", T["Thiết bị sẵn sàng"], ReportColumnKind.Number),
    ];

    private static object?[] ToRow(string? code, string name, IReadOnlyCollection<PointBudget> points) =>
        [code, name, points.Count(point => point.Code.Length > 0), points.Sum(point => point.Lines), points.Sum(point => point.Amount), points.Sum(point => point.Equipment), points.Sum(point => point.Ready)];
}
