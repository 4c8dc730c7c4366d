using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

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
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new RowReferenceConverter(), new IssueConverter() },
    };

    /// <summary>What the user chose before the upload.</summary>
    public IReadOnlyDictionary<string, object?> Context { get; init; } = new Dictionary<string, object?>();

    /// <summary>The limits that the rows were measured by; null when there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Policy { get; init; }

    /// <summary>Totals beside those of the outcomes.</summary>
    public IReadOnlyDictionary<string, int> FurtherTotals { get; init; } = new Dictionary<string, int>();

    /// <summary>The teams of the file; null when it is not about teams.</summary>
    public IReadOnlyList<ImportTeam>? Teams { get; init; }

    /// <summary>What was written; null when nothing was (refused, or only looked at).</summary>
    public ImportChanges? Changes { get; init; }

    /// <summary>Whether the file could not be read as what it should be.</summary>
    public bool IsUnreadable => Container.Issues.Exists(issue => issue.Severity == ImportSeverity.Error);

    /// <summary>Whether a row stands in the way of writing the whole.</summary>
    public bool HasRejected => IsUnreadable || Rows.Any(row => row.Outcome == ImportOutcome.Rejected);

    /// <summary>How many rows had an outcome.</summary>
    public int Count(ImportOutcome outcome) => Rows.Count(row => row.Outcome == outcome);

    /// <summary>The report for programs.</summary>
    public string ToJson()
    {
        var totals = new Dictionary<string, int>
        {
            ["data_rows"] = Rows.Count,
            ["accepted"] = Count(ImportOutcome.Accepted),
            ["accepted_with_warning"] = Count(ImportOutcome.AcceptedWithWarning),
            ["needs_decision"] = Count(ImportOutcome.NeedsDecision),
            ["rejected"] = Count(ImportOutcome.Rejected),
        };
        foreach (var (name, value) in FurtherTotals)
        {
            totals[name] = value;
        }

        var report = new Dictionary<string, object?> { ["file"] = File, ["context"] = Context };
        if (Policy is not null)
        {
            report["policy"] = Policy;
        }

        report["container"] = Container;
        report["totals"] = totals;
        report["rows"] = Rows.Select(RowJson);
        if (Teams is not null)
        {
            report["teams"] = Teams.Select(team => team.ToJson());
        }

        report["changes"] = Changes;
        return JsonSerializer.Serialize(report, Json);
    }

    private static Dictionary<string, object?> RowJson(ImportRow row)
    {
        var json = new Dictionary<string, object?> { ["row"] = row.Number, ["outcome"] = row.Outcome };
        if (row.Outcome != ImportOutcome.Rejected)
        {
            json["values"] = row.Values;
        }

        json["issues"] = row.Issues;
        return json;
    }

    private sealed class IssueConverter : JsonConverter<ImportIssue>
    {
        public override ImportIssue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ImportIssue value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("code", value.Code);
            writer.WriteString("severity", JsonNamingPolicy.SnakeCaseLower.ConvertName(value.Severity.ToString()));
            if (value.Column is not null)
            {
                writer.WriteString("column", value.Column);
            }

            if (value.Detail is not null)
            {
                writer.WritePropertyName("detail");
                JsonSerializer.Serialize(writer, value.Detail, options);
            }

            writer.WriteEndObject();
        }
    }

    private sealed class RowReferenceConverter : JsonConverter<RowReference>
    {
        public override RowReference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, RowReference value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            if (value.FirstRow is { } first)
            {
                writer.WriteNumber("first_row", first);
            }

            if (value.Rows is not null)
            {
                writer.WritePropertyName("rows");
                JsonSerializer.Serialize(writer, value.Rows, options);
            }

            writer.WriteEndObject();
        }
    }
}

/// <summary>A team of the file, as it is after the import.</summary>
/// <param name="Name">Name of its unit.</param>
/// <param name="Members">Members, without collaborators and rows held back.</param>
/// <param name="Issues">What is worth saying about the team.</param>
public sealed record ImportTeam(string Name, int Members, IReadOnlyList<ImportIssue> Issues)
{
    private static readonly string[] OverfullChoices = ["move to a collaborator group", "approve an exception", "remove members"];

    /// <summary>Its code; null when it has none yet.</summary>
    public string? Code { get; init; }

    /// <summary>Collaborators.</summary>
    public int Collaborators { get; init; }

    /// <summary>By how many it is too large.</summary>
    public int OverBy { get; init; }

    /// <summary>Members if the namesakes held back are new people.</summary>
    public int? MembersIfDecidedNew { get; init; }

    /// <summary>Members if the other rows held back are decided.</summary>
    public int? MembersIfDecided { get; init; }

    internal Dictionary<string, object?> ToJson()
    {
        var json = new Dictionary<string, object?> { ["team"] = Name, ["members"] = Members, ["issues"] = Issues };
        if (Code is not null)
        {
            json["code"] = Code;
        }

        if (Collaborators > 0)
        {
            json["collaborators"] = Collaborators;
        }

        if (OverBy > 0)
        {
            json["over_by"] = OverBy;
            json["choices"] = OverfullChoices;
        }

        if (MembersIfDecidedNew is { } asNew)
        {
            json["members_if_decided_new"] = asNew;
        }

        if (MembersIfDecided is { } decided)
        {
            json["members_if_decided"] = decided;
        }

        return json;
    }
}
