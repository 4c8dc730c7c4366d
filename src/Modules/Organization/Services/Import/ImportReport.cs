namespace TrainingSite.Organization.Services.Import;

/// <summary>What was written.</summary>
/// <param name="Created">New things.</param>
/// <param name="Updated">Things that changed.</param>
/// <param name="Unchanged">Things that were there already, the same.</param>
public sealed record ImportChanges(int Created, int Updated, int Unchanged);

/// <summary>The report on one import, before or after it is written.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Container">The file as such.</param>
/// <param name="Rows">The data rows.</param>
public sealed record ImportReport(string File, ImportContainer Container, IReadOnlyList<ImportRow> Rows)
{
    /// <summary>What the user chose before the upload.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; init; } = new Dictionary<string, object?>();

    /// <summary>The limits that the rows were measured by; null when there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Policy { get; init; }

    /// <summary>Totals beside those of the outcomes.</summary>
    public IReadOnlyDictionary<string, int> FurtherTotals { get; init; } = new Dictionary<string, int>();

    /// <summary>The teams as the file alone has them, for programs; null when it is not about teams.</summary>
    public IReadOnlyList<ImportTeam>? Teams { get; init; }

    /// <summary>The same teams as they are once the file is written, with those who are in them already: for people.</summary>
    public IReadOnlyList<ImportTeam> TeamsWritten { get; init; } = [];

    /// <summary>What was written; null when nothing was (refused, or only looked at).</summary>
    public ImportChanges? Changes { get; init; }

    /// <summary>Whether the file could not be read as what it should be.</summary>
    public bool IsUnreadable => Container.Issues.Exists(issue => issue.Severity == ImportSeverity.Error);

    /// <summary>Whether a row stands in the way of writing the whole.</summary>
    public bool HasRejected => IsUnreadable || Rows.Any(row => row.Outcome == ImportOutcome.Rejected);

    /// <summary>How many rows had an outcome.</summary>
    public int Count(ImportOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}
