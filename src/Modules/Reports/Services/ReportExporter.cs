using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using TrainingSite.Reports.Writers;

namespace TrainingSite.Reports.Services;

/// <summary>Writes an answer as a file: to the browser, or to the disk.</summary>
public sealed class ReportExporter(IEnumerable<IReportWriter> writers, IStringLocalizer<Strings> T)
{
    /// <summary>Names of all formats, whether or not this site can write them.</summary>
    public static readonly string[] Formats = ["csv", "json", "xlsx", "docx", "pdf"];

    /// <summary>What this site can write.</summary>
    public IEnumerable<IReportWriter> Available => writers.Where(writer => writer.Unavailable is null);

    /// <summary>The writer of that format, or why there is none.</summary>
    public Result<ReportFormat> Find(string format)
    {
        if (writers.FirstOrDefault(writer => writer.Format.Equals(format, StringComparison.OrdinalIgnoreCase)) is not { } writer)
        {
            return new Fault("format_unknown", T["Không có dạng tệp “{0}”. Hãy chọn một trong: {1}.", format, string.Join(", ", Formats)], "format");
        }

        return writer.Unavailable is { } reason ? reason : new ReportFormat(writer);
    }

    /// <summary>Sends the file.</summary>
    public static async Task SendAsync(ReportAnswer answer, IReportWriter writer, HttpResponse response, bool attachment, CancellationToken cancellationToken)
    {
        response.ContentType = writer.ContentType;
        if (attachment)
        {
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = FileName(answer, writer) }.ToString();
        }

        await writer.WriteAsync(answer, response.Body, cancellationToken);
    }

    /// <summary>Writes the file beside its place first, so that nobody ever finds half a report.</summary>
    public static async Task SaveAsync(ReportAnswer answer, IReportWriter writer, string path, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        var draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            await using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65536))
            {
                await writer.WriteAsync(answer, file, cancellationToken);
            }

            File.Move(draft, target, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static string FileName(ReportAnswer answer, IReportWriter writer) =>
        string.Join('-', new[] { answer.Report.Id, Safe(answer.Query.SessionCode), Safe(answer.Query.UnitCode), ReportText.ForPrograms(answer.Query.AsOf) }.OfType<string>()) + "." + writer.Format;

    private static string? Safe(string? code) => code is null ? null : new([.. code.Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')]);
}

/// <summary>A writer that this site can use. (C# allows no conversion of an interface to a result.)</summary>
public sealed record ReportFormat(IReportWriter Writer);
