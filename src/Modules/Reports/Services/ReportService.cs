using System.Globalization;
using Microsoft.Extensions.Localization;
using TrainingSite.Reports.Models;

namespace TrainingSite.Reports.Services;

/// <summary>Finds reports, lets in whom their permission lets in, and asks them within the reader's scope.</summary>
public sealed class ReportService(
    IEnumerable<IReport> reports, IEnumerable<IReportFilterSource> sources, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>More than the communes of a province; a wider scope types the code.</summary>
    public const int MaxOptions = 400;

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    /// <summary>The reports that the reader may run.</summary>
    public IReadOnlyList<IReport> GetAll() =>
        [.. reports.Where(report => user.Can(report.Permission)).OrderBy(report => report.Title, StringComparer.Create(CultureInfo.GetCultureInfo("vi-VN"), ignoreCase: true))];

    /// <summary>The report of that id, if the reader may run it.</summary>
    public Result<ReportHandle> Find(string id)
    {
        if (reports.FirstOrDefault(report => report.Id == id) is not { } report)
        {
            return new Fault("report_not_found", T["Không có báo cáo “{0}”. Hãy chọn trong danh sách báo cáo.", id], Kind: FaultKind.NotFound);
        }

        return user.Can(report.Permission)
            ? new ReportHandle(report)
            : new Fault("report_forbidden", T["Tài khoản của bạn không xem được báo cáo “{0}”. Hãy hỏi người phụ trách ở xã hoặc ở Sở.", report.Title], Kind: FaultKind.Forbidden);
    }

    /// <summary>Reads what was typed. What a report cannot be asked by is refused, not passed over: the figures would mislead.</summary>
    public Result<ReportQuery> Read(IReport report, ReportRequest request)
    {
        var faults = new List<Fault>();
        var asOf = clock.Today();
        if (!string.IsNullOrWhiteSpace(request.AsOf))
        {
            if (!report.Filters.HasFlag(ReportFilters.AsOf))
            {
                faults.Add(new("filter_not_supported", T["Báo cáo này không tính theo ngày; hãy bỏ ngày đi."], "as_of"));
            }
            else if (!DateOnly.TryParseExact(request.AsOf.Trim(), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out asOf) || asOf.Year is < 1900 or > 2200)
            {
                faults.Add(new("as_of_invalid", T["“{0}” không phải là ngày. Hãy viết như 30/09/2023 hoặc 2023-09-30.", request.AsOf], "as_of"));
            }
        }

        var unit = Clean(request.Unit);
        if (unit is not null && !report.Filters.HasFlag(ReportFilters.Unit))
        {
            faults.Add(new("filter_not_supported", T["Báo cáo này không lọc theo đơn vị; hãy bỏ đơn vị đi."], "unit"));
        }

        var session = Clean(request.Session);
        if (session is not null && !report.Filters.HasFlag(ReportFilters.Session))
        {
            faults.Add(new("filter_not_supported", T["Báo cáo này không lọc theo buổi tập huấn; hãy bỏ buổi tập huấn đi."], "session"));
        }
        else if (session is null && report.Filters.HasFlag(ReportFilters.Session))
        {
            faults.Add(new("session_required", T["Báo cáo này nói về một buổi tập huấn. Hãy chọn buổi tập huấn."], "session"));
        }

        return faults.Count > 0 ? faults : new ReportQuery(user.ScopeOf(report.Permission), asOf, unit, session);
    }

    /// <summary>Runs the report of that id.</summary>
    public async Task<Result<ReportAnswer>> RunAsync(string id, ReportRequest request, CancellationToken cancellationToken)
    {
        var found = Find(id);
        if (!found.Succeeded)
        {
            return found.Faults.ToList();
        }

        var query = Read(found.Value.Report, request);
        if (!query.Succeeded)
        {
            return query.Faults.ToList();
        }

        var table = await found.Value.Report.RunAsync(query.Value, cancellationToken);
        return !table.Succeeded ? table.Faults.ToList() : new ReportAnswer(found.Value.Report, query.Value, table.Value)
        {
            UnitText = await NameAsync(ReportFilters.Unit, query.Value.UnitCode, query.Value.AsOf, cancellationToken),
            SessionText = await NameAsync(ReportFilters.Session, query.Value.SessionCode, query.Value.AsOf, cancellationToken),
        };
    }

    /// <summary>The choices of a filter; null when the page should ask for the code: nobody offers choices, or there are too many.</summary>
    public async Task<IReadOnlyList<ReportFilterOption>?> GetOptionsAsync(IReport report, ReportFilters filter, DateOnly asOf, CancellationToken cancellationToken)
    {
        if (!report.Filters.HasFlag(filter) || sources.FirstOrDefault(source => source.Filter == filter) is not { } source)
        {
            return null;
        }

        var options = await source.GetOptionsAsync(user.ScopeOf(report.Permission), asOf, MaxOptions + 1, cancellationToken);
        return options.Count > MaxOptions && filter == ReportFilters.Unit ? null : options;
    }

    private async Task<string?> NameAsync(ReportFilters filter, string? code, DateOnly asOf, CancellationToken cancellationToken) =>
        code is not null && sources.FirstOrDefault(source => source.Filter == filter) is { } source && await source.GetNameAsync(code, asOf, cancellationToken) is { } name
            ? T["{0} (mã {1})", name, code].Value
            : code;

    private static string? Clean(string? code) => string.IsNullOrWhiteSpace(code) ? null : code.Trim();
}

/// <summary>A report that the reader may run. (C# allows no conversion of an interface to a result.)</summary>
public sealed record ReportHandle(IReport Report);
