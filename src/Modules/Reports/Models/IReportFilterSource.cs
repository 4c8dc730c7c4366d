namespace TrainingSite.Reports.Models;

/// <summary>
/// What a report's page offers to choose from: units or sessions. The module that owns them contributes one class beside its
/// reports; without one the page asks for the code in words.
/// </summary>
public interface IReportFilterSource
{
    /// <summary>Which filter it fills: <see cref="ReportFilters.Unit"/> or <see cref="ReportFilters.Session"/>.</summary>
    ReportFilters Filter { get; }

    /// <summary>The choices within the reader's scope on that day, in the order to show them.</summary>
    /// <param name="scope">What the reader may see; nothing else may be offered.</param>
    /// <param name="asOf">The day that the report is about.</param>
    /// <param name="take">Most choices wanted. Units: leave the lowest level out before cutting; sessions: newest first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ReportFilterOption>> GetOptionsAsync(UnitScope scope, DateOnly asOf, int take, CancellationToken cancellationToken);

    /// <summary>What people call what the code means, for the head of a file: "Xã Chiềng Ân"; "Tập huấn đợt 2, ngày 05/07/2023". Asked only for what the report has answered.</summary>
    Task<string?> GetNameAsync(string code, DateOnly asOf, CancellationToken cancellationToken);
}

/// <summary>One choice.</summary>
/// <param name="Code">What the address carries.</param>
/// <param name="Text">What people read: "Xã Chiềng Ân", "05/07/2023 · Tập huấn đợt 2".</param>
/// <param name="Group">Heading that it stands under, such as its district; null for none.</param>
public sealed record ReportFilterOption(string Code, string Text, string? Group = null);
