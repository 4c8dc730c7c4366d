namespace TrainingSite.Organization.Services.Import;

/// <summary>One data row of the file and what became of it.</summary>
/// <param name="number">Number of the CSV record, counted from 1, header and blank records included.</param>
public abstract class ImportRow(int number)
{
    private List<ImportIssue>? _issues;

    /// <summary>Number of the CSV record.</summary>
    public int Number => number;

    /// <summary>What is worth saying.</summary>
    public IReadOnlyList<ImportIssue> Issues => _issues ?? (IReadOnlyList<ImportIssue>)[];

    /// <summary>Follows from the worst issue.</summary>
    public ImportOutcome Outcome { get; private set; }

    /// <summary>Whether the row may be written.</summary>
    public bool IsAccepted => Outcome is ImportOutcome.Accepted or ImportOutcome.AcceptedWithWarning;

    /// <summary>Who or what it is about, for people.</summary>
    public abstract string Label { get; }

    /// <summary>The values after normalization, by snake_case name.</summary>
    public abstract IReadOnlyDictionary<string, object?> Values { get; }

    /// <summary>Adds an issue.</summary>
    internal void Add(ImportIssue issue)
    {
        (_issues ??= []).Add(issue);
        var outcome = issue.Severity switch
        {
            ImportSeverity.Error => ImportOutcome.Rejected,
            ImportSeverity.Decision => ImportOutcome.NeedsDecision,
            ImportSeverity.Warning => ImportOutcome.AcceptedWithWarning,
            ImportSeverity.Info or ImportSeverity.TeamWarning or ImportSeverity.TeamDecision => ImportOutcome.Accepted,
        };
        Outcome = outcome > Outcome ? outcome : Outcome;
    }

    internal bool Has(string code) => _issues?.Exists(issue => issue.Code == code) ?? false;
}
