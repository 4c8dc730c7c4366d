using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Reports.Models;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Api;

/// <summary>Reports for other programs.</summary>
public sealed class ReportsApiController(ReportService reports, ReportExporter exporter) : ApiController
{
    /// <summary>The reports that the token may run.</summary>
    [HttpGet("reports")]
    public ApiList<ReportInfo> List()
    {
        var formats = exporter.Available.Select(writer => writer.Format).ToArray();
        return new([.. reports.GetAll().Select(report => new ReportInfo(report.Id, report.Title, report.Description, Names(report.Filters), formats))], Next: null);
    }

    /// <summary>One report, as JSON or as a file.</summary>
    [HttpGet("reports/{id}")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status400BadRequest)]
    [ProducesResponseType(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(
        string id, string? format, [FromQuery(Name = "as_of")] string? asOf, string? unit, string? session, CancellationToken cancellationToken)
    {
        var writer = exporter.Find(string.IsNullOrEmpty(format) ? "json" : format);
        if (!writer.Succeeded)
        {
            return Problem(writer.Faults);
        }

        var answer = await reports.RunAsync(id, new(asOf, unit, session), cancellationToken);
        if (!answer.Succeeded)
        {
            return Problem(answer.Faults);
        }

        await ReportExporter.SendAsync(answer.Value, writer.Value.Writer, Response, attachment: writer.Value.Writer.Format != "json", cancellationToken);
        return new EmptyResult();
    }

    private static string[] Names(ReportFilters filters) =>
        [.. Enum.GetValues<ReportFilters>().Where(filter => filter != ReportFilters.None && filters.HasFlag(filter)).Select(filter => JsonNamingPolicy.SnakeCaseLower.ConvertName(filter.ToString()))];
}

/// <summary>A report in the API's list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its name.</param>
/// <param name="Description">The question that it answers.</param>
/// <param name="Filters">What it can be asked by: as_of, unit, session.</param>
/// <param name="Formats">The files it can be had as.</param>
public sealed record ReportInfo(string Id, string Title, string Description, IReadOnlyList<string> Filters, IReadOnlyList<string> Formats);
