using System.Text;
using Markdig;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>The words of a file by page, or why there are none.</summary>
/// <param name="Pages">Text of each page; empty when it failed.</param>
/// <param name="Problem">Why it failed, for people; null when it did not.</param>
internal sealed record ExtractedText(IReadOnlyList<string> Pages, string? Problem);

/// <summary>Takes the words out of a file. PDF by <c>pdftotext</c> (<c>Tools:PdfToText</c>, or found on PATH); without it such documents are found by their title.</summary>
public sealed class TextExtractor(IConfiguration configuration, IStringLocalizer<Strings> T)
{
    /// <summary>A thousand dense pages; what is longer is no document for people.</summary>
    private const int MaxCharacters = 5_000_000;

    private static readonly TimeSpan PdfLimit = TimeSpan.FromSeconds(60);

    private readonly ExternalTool? _pdfToText = ExternalTool.Find(configuration["Tools:PdfToText"], "pdftotext");

    /// <summary>Whether this site can read PDF files.</summary>
    public bool ReadsPdf => _pdfToText is not null;

    internal async Task<ExtractedText> ExtractAsync(string path, FileFormat format, CancellationToken cancellationToken)
    {
        var text = format switch
        {
            FileFormat.Text => await ReadPlainAsync(path, cancellationToken),
            FileFormat.Markdown => await ReadMarkdownAsync(path, cancellationToken),
            FileFormat.Word => ReadWord(path),
            FileFormat.Pdf => await ReadPdfAsync(path, cancellationToken),
        };
        var pages = text.Pages.Select(Clean).ToList();
        return text.Problem is null && pages.All(string.IsNullOrWhiteSpace)
            ? Failed(format == FileFormat.Pdf
                ? T["Tệp PDF này chỉ có hình (bản quét), không có chữ để tìm. Vẫn tìm được theo tên và số hiệu."]
                : T["Tệp này không có chữ để tìm."])
            : text with { Pages = pages };
    }

    private async Task<ExtractedText> ReadPlainAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path).Length > MaxCharacters
            ? Failed(T["Tệp dài quá {0} triệu chữ nên không đọc để tìm.", MaxCharacters / 1_000_000])
            : new([await File.ReadAllTextAsync(path, cancellationToken)], Problem: null);

    private async Task<ExtractedText> ReadMarkdownAsync(string path, CancellationToken cancellationToken)
    {
        var text = await ReadPlainAsync(path, cancellationToken);
        return text.Problem is null ? new([Markdown.ToPlainText(text.Pages[0])], Problem: null) : text;
    }

    private ExtractedText ReadWord(string path)
    {
        try
        {
            return new(WordText.Read(path, MaxCharacters), Problem: null);
        }
        catch (InvalidDataException)
        {
            return Failed(T["Không đọc được chữ trong tệp Word này: tệp hỏng hoặc quá dài."]);
        }
    }

    private async Task<ExtractedText> ReadPdfAsync(string path, CancellationToken cancellationToken)
    {
        if (_pdfToText is null)
        {
            return Failed(T["Máy chủ chưa cài pdftotext nên chưa đọc được chữ trong tệp PDF. Vẫn tìm được theo tên và số hiệu."]);
        }

        var result = await _pdfToText.RunAsync(_ => ["-enc", "UTF-8", "-q", path, "-"], PdfLimit, MaxCharacters, cancellationToken: cancellationToken);
        return result.Outcome switch
        {
            // A form feed ends each page.
            ToolOutcome.Done => new(result.Output.TrimEnd('\f', '\n').Split('\f'), Problem: null),
            ToolOutcome.Failed when result.Error.Contains("password", StringComparison.OrdinalIgnoreCase) => Failed(T["Tệp PDF này có mật khẩu nên không đọc được chữ bên trong."]),
            ToolOutcome.Failed => Failed(T["Không đọc được chữ trong tệp PDF này: tệp có thể bị hỏng."]),
            ToolOutcome.TooSlow => Failed(T["Đọc chữ trong tệp PDF này quá lâu nên đã dừng."]),
            ToolOutcome.TooLong => Failed(T["Tệp dài quá {0} triệu chữ nên không đọc để tìm.", MaxCharacters / 1_000_000]),
        };
    }

    private static ExtractedText Failed(string problem) => new([], problem);

    /// <summary>NFC, lines kept, control characters dropped (PostgreSQL refuses the null character).</summary>
    private static string Clean(string page)
    {
        var clean = new StringBuilder(page.Length);
        foreach (var character in VietnameseText.Normalize(page.ReplaceLineEndings("\n")))
        {
            if (character is '\n' or '\t' || !char.IsControl(character))
            {
                clean.Append(character);
            }
        }

        return clean.ToString().Trim();
    }
}
