using TrainingSite.Reports.Models;

namespace TrainingSite.Reports.Services;

/// <summary>What somebody asks of a report, as typed.</summary>
/// <param name="AsOf">A date, 2023-09-30 or 30/09/2023; empty for today.</param>
/// <param name="Unit">Code of a unit; empty for the reader's whole scope.</param>
/// <param name="Session">Code of a session.</param>
public sealed record ReportRequest(string? AsOf = null, string? Unit = null, string? Session = null);

/// <summary>A report, what it was asked and what it answered.</summary>
/// <param name="Report">The report.</param>
/// <param name="Query">What it was asked.</param>
/// <param name="Table">What it answered.</param>
public sealed record ReportAnswer(IReport Report, ReportQuery Query, ReportTable Table)
{
    /// <summary>The unit asked for as people call it, with its code; null for none.</summary>
    public string? UnitText { get; init; }

    /// <summary>The session asked for as people call it, with its code; null for none.</summary>
    public string? SessionText { get; init; }

    /// <summary>As pages and office files show it.</summary>
    public ReportAnswer ForPeople() => this with { Table = Table.ForPeople() };
}
