using System.Text.Json.Serialization;

namespace TrainingSite.Organization.Services.Import;

/// <summary>How much an issue weighs; the worst of a row decides its outcome.</summary>
public enum ImportSeverity
{
    /// <summary>Said for completeness.</summary>
    Info,

    /// <summary>Imported, listed for review.</summary>
    Warning,

    /// <summary>Held back until a person decides.</summary>
    Decision,

    /// <summary>Not imported.</summary>
    Error,

    /// <summary>About a team; rejects no row.</summary>
    TeamWarning,

    /// <summary>About a team, and somebody must decide; rejects no row.</summary>
    TeamDecision,
}

/// <summary>What happens to a row.</summary>
public enum ImportOutcome
{
    /// <summary>Imported.</summary>
    Accepted,

    /// <summary>Imported, listed for review.</summary>
    AcceptedWithWarning,

    /// <summary>Held back until a person decides.</summary>
    NeedsDecision,

    /// <summary>Not imported.</summary>
    Rejected,
}

/// <summary>Something worth saying about a row, a team or the whole file.</summary>
/// <param name="Code">One of <see cref="ImportIssues"/>.</param>
/// <param name="Column">The column's heading as the file writes it; null when about the whole.</param>
/// <param name="Detail">The value that it is about, or numbers of rows.</param>
public sealed record ImportIssue(
    [property: JsonPropertyOrder(0)] string Code,
    [property: JsonPropertyOrder(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Column = null,
    [property: JsonPropertyOrder(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] object? Detail = null)
{
    /// <summary>Its weight, which follows from the code.</summary>
    [JsonPropertyOrder(1)]
    public ImportSeverity Severity => ImportIssues.SeverityOf(Code);
}

/// <summary>Rows of the file that an issue refers to.</summary>
/// <param name="FirstRow">The row that was kept.</param>
/// <param name="Rows">The rows that are alike.</param>
internal sealed record RowReference(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? FirstRow = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? Rows = null)
{
    public override string ToString() => FirstRow is { } first ? $"dòng {first}" : $"dòng {string.Join(", ", Rows!)}";
}
