using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Controllers;

/// <summary>The list of reports, and each report as a page or a file.</summary>
[Authorize]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("reports")]
public sealed class ReportController(ReportService reports, ReportExporter exporter, TimeProvider clock) : Controller
{
    /// <summary>Rows on one page of the table; the files hold all.</summary>
    private const int PageSize = 300;

    /// <summary>More bars than this can be read in the table only.</summary>
    private const int MaxBars = 40;

    [HttpGet("")]
    public IActionResult Index() => View(reports.GetAll());

    [HttpGet("{id}")]
    public async Task<IActionResult> Show(
        string id, [FromQuery(Name = "as_of")] string? asOf, string? unit, string? session, string? format, int page, CancellationToken cancellationToken)
    {
        var found = reports.Find(id);
        if (!found.Succeeded)
        {
            return found.Faults[0].Kind == FaultKind.Forbidden ? Forbid() : NotFound();
        }

        var report = found.Value.Report;
        var request = new ReportRequest(asOf, unit, session);
        var answer = await reports.RunAsync(id, request, cancellationToken);
        if (string.IsNullOrEmpty(format))
        {
            return await PageAsync(report, request, answer, page, cancellationToken);
        }

        var writer = exporter.Find(format);
        if (!writer.Succeeded || !answer.Succeeded)
        {
            return await PageAsync(report, request, writer.Succeeded ? answer : writer.Faults.ToList(), page, cancellationToken);
        }

        await ReportExporter.SendAsync(answer.Value, writer.Value.Writer, Response, attachment: true, cancellationToken);
        return new EmptyResult();
    }

    private async Task<IActionResult> PageAsync(IReport report, ReportRequest request, Result<ReportAnswer> answer, int page, CancellationToken cancellationToken)
    {
        answer = answer.Succeeded ? answer.Value.ForPeople() : answer;
        var day = answer.Succeeded ? answer.Value.Query.AsOf : clock.Today();
        var model = new ReportPage(report, request, answer.Succeeded ? answer.Value : null, answer.Faults)
        {
            AsOf = day,
            Units = await reports.GetOptionsAsync(report, ReportFilters.Unit, day, cancellationToken),
            Sessions = await reports.GetOptionsAsync(report, ReportFilters.Session, day, cancellationToken),
            Formats = [.. exporter.Available.Select(writer => (writer.Format, writer.Title))],
        };
        if (answer.Succeeded)
        {
            var rows = answer.Value.Table.Rows.Count;
            var pages = Math.Max(1, (rows + PageSize - 1) / PageSize);
            model = model with
            {
                Rows = new([.. Enumerable.Range(0, rows).Skip((Math.Clamp(page, 1, pages) - 1) * PageSize).Take(PageSize)], rows, Math.Clamp(page, 1, pages), PageSize),
                Chart = rows is > 1 and <= MaxBars ? answer.Value.Table.Chart : null,
            };
        }
        else if (answer.Faults.All(fault => fault.Code == "session_required"))
        {
            // Not a mistake yet: the reader has only just come and chooses first.
            model = model with { Faults = [] };
        }
        else
        {
            Response.StatusCode = answer.Faults[0].Kind == FaultKind.NotFound ? 404 : 400;
            // The page says itself what is wrong; the general error page would hide it.
            HttpContext.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>()!.Enabled = false;
        }

        return View("Show", model);
    }
}

/// <summary>What the page of a report shows.</summary>
/// <param name="Report">The report.</param>
/// <param name="Request">What was typed.</param>
/// <param name="Answer">The answer; null when there is none.</param>
/// <param name="Faults">Why there is no answer; empty when the reader has still to choose a session.</param>
public sealed record ReportPage(IReport Report, ReportRequest Request, ReportAnswer? Answer, IReadOnlyList<Fault> Faults)
{
    /// <summary>The day counted, or today.</summary>
    public DateOnly AsOf { get; init; }

    /// <summary>Units to choose from; null to ask for the code.</summary>
    public IReadOnlyList<ReportFilterOption>? Units { get; init; }

    /// <summary>Sessions to choose from; null to ask for the code.</summary>
    public IReadOnlyList<ReportFilterOption>? Sessions { get; init; }

    /// <summary>Files that it can be had as.</summary>
    public IReadOnlyList<(string Format, string Title)> Formats { get; init; } = [];

    /// <summary>Indexes of the rows on this page.</summary>
    public Page<int>? Rows { get; init; }

    /// <summary>The chart, when there are few enough bars.</summary>
    public ReportChart? Chart { get; init; }

    /// <summary>Address of this report with other parameters.</summary>
    public string Url(string? format = null, int page = 1)
    {
        var query = new List<KeyValuePair<string, string?>>
        {
            new("as_of", string.IsNullOrWhiteSpace(Request.AsOf) ? null : ReportText.ForPrograms(AsOf)),
            new("unit", Request.Unit), new("session", Request.Session), new("format", format), new("page", page > 1 ? page.ToString() : null),
        };
        return $"/reports/{Uri.EscapeDataString(Report.Id)}" + Microsoft.AspNetCore.Http.QueryString.Create(query.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)));
    }
}

/// <summary>A filter with its choices.</summary>
/// <param name="Name">Parameter in the address.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Empty">Words for no choice.</param>
/// <param name="CodeLabel">What to type when there are no choices.</param>
/// <param name="Options">The choices; null to ask for the code.</param>
/// <param name="Value">What is chosen.</param>
public sealed record ReportChoice(string Name, string Label, string Empty, string CodeLabel, IReadOnlyList<ReportFilterOption>? Options, string? Value)
{
    /// <summary>The choices under their headings; a chosen code that is not among them stands first.</summary>
    public IEnumerable<IGrouping<string?, ReportFilterOption>> Groups =>
        (string.IsNullOrWhiteSpace(Value) || Options!.Any(option => option.Code == Value) ? Options! : Options!.Prepend(new(Value, Value)))
            .GroupBy(option => option.Group);
}
