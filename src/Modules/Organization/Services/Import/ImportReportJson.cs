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
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new RowReferenceConverter(), new IssueConverter() },
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
