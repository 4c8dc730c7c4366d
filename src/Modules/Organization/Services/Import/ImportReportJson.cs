using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Writes a report for programs.</summary>
public static class ImportReportJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The report as JSON.</summary>
    public static string ToJson(this ImportReport report)
    {
        var totals = new Dictionary<string, int>
        {
            ["data_rows"] = report.Rows.Count,
            ["accepted"] = report.Count(ImportOutcome.Accepted),
            ["accepted_with_warning"] = report.Count(ImportOutcome.AcceptedWithWarning),
            ["needs_decision"] = report.Count(ImportOutcome.NeedsDecision),
            ["rejected"] = report.Count(ImportOutcome.Rejected),
        };
        foreach (var (name, value) in report.FurtherTotals)
        {
            totals[name] = value;
        }

        var json = new Dictionary<string, object?> { ["file"] = report.File, ["context"] = report.Context };
        if (report.Policy is not null)
        {
            json["policy"] = report.Policy;
        }

        json["container"] = report.Container;
        json["totals"] = totals;
        json["rows"] = report.Rows.Select(RowJson);
        if (report.Teams is not null)
        {
            json["teams"] = report.Teams.Select(team => team.ToJson());
        }

        json["changes"] = report.Changes;
        return JsonSerializer.Serialize(json, Json);
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
}
