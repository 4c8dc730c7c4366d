namespace TrainingSite.Organization.Services.Import;

/// <summary>The file as such.</summary>
public sealed class ImportContainer
{
    /// <summary>Encoding that it was read in.</summary>
    public string Encoding { get; internal set; } = "utf-8";

    /// <summary>Whether it begins with a byte order mark.</summary>
    public bool Bom { get; internal set; }

    /// <summary>What separates the cells.</summary>
    public string Delimiter { get; internal set; } = ",";

    /// <summary>CRLF or LF.</summary>
    public string Newline { get; internal set; } = "LF";

    /// <summary>Records in all.</summary>
    public int PhysicalRows { get; internal set; }

    /// <summary>Numbers of the records that hold the header.</summary>
    public List<int> HeaderRows { get; } = [];

    /// <summary>Numbers of the records that were left out, by reason: title, blank, footer, header.</summary>
    public Dictionary<string, List<int>> SkippedRows { get; } = [];

    /// <summary>What is worth saying of the file.</summary>
    public List<ImportIssue> Issues { get; } = [];

    internal void Skip(string reason, int row, string code)
    {
        if (!SkippedRows.TryGetValue(reason, out var rows))
        {
            SkippedRows.Add(reason, rows = []);
            Issues.Add(new(code));
        }

        rows.Add(row);
    }
}
