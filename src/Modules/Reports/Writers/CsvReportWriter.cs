using CsvHelper;
using TrainingSite.Reports.Services;

namespace TrainingSite.Reports.Writers;

/// <summary>CSV for programs: UTF-8 without a mark, comma, LF, snake_case header; totals are the last row.</summary>
internal sealed class CsvReportWriter : IReportWriter
{
    private static readonly CsvWriterOptions Options = new() { NewLine = "\n", WriteByteOrderMark = false };

    public string Format => "csv";

    public string Title => "CSV";

    public string ContentType => "text/csv; charset=utf-8";

    public async Task WriteAsync(ReportAnswer answer, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, Options, leaveOpen: true);
        foreach (var column in answer.Table.Columns)
        {
            csv.WriteField(column.Name);
        }

        await csv.EndRecordAsync(cancellationToken);
        foreach (var row in answer.Table.Totals is { } totals ? answer.Table.Rows.Append(totals) : answer.Table.Rows)
        {
            foreach (var value in row)
            {
                csv.WriteField(value is string words ? Harmless(words) : ReportText.ForPrograms(value));
            }

            await csv.EndRecordAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Words that a spreadsheet program would take for a formula get an apostrophe in front. Phone numbers (+84…) and
    /// negative numbers begin the same way but do no harm, so they stay as programs expect them.
    /// </summary>
    private static string Harmless(string words)
    {
        var start = words.AsSpan().TrimStart(' ');
        var risky = start.Length > 0 && start[0] switch
        {
            '=' or '@' or '\t' or '\r' or '\n' => true,
            '+' or '-' => start[1..].ContainsAnyExceptInRange('0', '9'),
            _ => false,
        };
        return risky ? "'" + words : words;
    }
}
