using System.Text.Encodings.Web;
using System.Text.Json;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>JSON for programs, written row by row.</summary>
internal sealed class JsonReportWriter : IReportWriter
{
    private const int FlushBytes = 64 * 1024;

    public string Format => "json";

    public string Title => "JSON";

    public string ContentType => "application/json; charset=utf-8";

    public async Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken)
    {
        var (report, query, table) = answer;
        // Vietnamese letters stay letters; the answer is never put into a page.
        await using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("id", report.Id);
        json.WriteString("title", report.Title);
        json.WriteString("as_of", ReportText.ForPrograms(query.AsOf));
        json.WriteString("unit", query.UnitCode);
        json.WriteString("session", query.SessionCode);
        json.WriteString("sentence", table.Sentence);
        json.WriteStartObject("summary");
        foreach (var (name, figure) in table.Summary)
        {
            json.WritePropertyName(name);
            WriteValue(json, figure.Value);
        }

        json.WriteEndObject();
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("title", column.Title);
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Kind.ToString()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("items");
        foreach (var row in table.Rows)
        {
            WriteRow(json, answer, row);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WritePropertyName("totals");
        if (table.Totals is { } totals)
        {
            WriteRow(json, answer, totals);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteNull("next");
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    private static void WriteRow(Utf8JsonWriter json, ReportAnswer answer, IReadOnlyList<object?> row)
    {
        json.WriteStartObject();
        for (var i = 0; i < row.Count; i++)
        {
            json.WritePropertyName(answer.Table.Columns[i].Name);
            WriteValue(json, row[i]);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double share:
                json.WriteNumberValue(ReportText.Plain(share));
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            default:
                json.WriteStringValue(ReportText.ForPrograms(value));
                break;
        }
    }
}
