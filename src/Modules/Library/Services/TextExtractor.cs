using Markdig;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>
/// Takes the words out of a file. PDF by <c>pdftotext</c> (<c>Tools:PdfToText</c>, or found on PATH); without it such documents are found by
/// their title. Pages that are only pictures are left to <see cref="ScanReader"/>, which takes its time.
/// </summary>
public sealed class TextExtractor(IConfiguration configuration, ScanReader scans, IStringLocalizer<Strings> T)
{
    /// <summary>A thousand dense pages; what is longer is no document for people.</summary>
    private const int MaxCharacters = 5_000_000;

    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);
    private readonly ExternalTool? _pdfToText = ExternalTool.Find(configuration["Tools:PdfToText"], "pdftotext");

    /// <summary>Whether this site can read PDF files.</summary>
    public bool ReadsPdf => _pdfToText is not null;

    internal async Task<ExtractedText> ExtractAsync(string path, FileFormat format, CancellationToken cancellationToken)
    {
        var text = format switch
        {
            FileFormat.Text => await ReadPlainAsync(path, cancellationToken),
            FileFormat.Markdown => await ReadMarkdownAsync(path, cancellationToken),
            FileFormat.Word => await ReadOfficeAsync(pages => WordText.Read(path, pages), cancellationToken),
            FileFormat.Spreadsheet => await ReadOfficeAsync(pages => SpreadsheetText.Read(path, MaxCharacters, pages), cancellationToken),
            FileFormat.Slides => await ReadOfficeAsync(pages => SlideText.Read(path, pages), cancellationToken),
            FileFormat.Pdf => await ReadPdfAsync(path, cancellationToken),
            FileFormat.Jpeg or FileFormat.Png or FileFormat.Webp => scans.ReadsPictures ? new([ReadPage.Waiting])
                : ExtractedText.Failed(T["Máy chủ chưa cài Tesseract nên chưa đọc được chữ trong hình. Vẫn tìm được theo tên."]),
            // Found by title and summary.
            FileFormat.Mp3 or FileFormat.M4a or FileFormat.Ogg or FileFormat.Link => new([]),
        };
        return text.Pages.Count > 0 && text.Pages.All(page => page.Source != PageSource.Waiting && string.IsNullOrWhiteSpace(page.Text))
            ? ExtractedText.Failed(format == FileFormat.Pdf
                ? T["Tệp PDF này chỉ có hình (bản quét), và máy chủ chưa cài Tesseract để đọc hình. Vẫn tìm được theo tên và số hiệu."]
                : T["Tệp này không có chữ để tìm."])
            : text;
    }

    /// <summary>Reads a page that waits; null where this site lacks the tool for it.</summary>
    internal async Task<ReadPage?> ReadScanAsync(string path, FileFormat format, int page, CancellationToken cancellationToken) => format switch
    {
        FileFormat.Pdf => scans.ReadsPdf ? await scans.ReadPdfPageAsync(path, page, cancellationToken) : null,
        _ => scans.ReadsPictures ? await scans.ReadPictureAsync(path, cancellationToken) : null,
    };

    private async Task<ExtractedText> ReadPlainAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path).Length > MaxCharacters ? TooLong() : One(await File.ReadAllTextAsync(path, cancellationToken));

    private async Task<ExtractedText> ReadMarkdownAsync(string path, CancellationToken cancellationToken) =>
        new FileInfo(path).Length > MaxCharacters ? TooLong() : One(Markdown.ToPlainText(await File.ReadAllTextAsync(path, cancellationToken)));

    /// <summary>On a thread of its own, which a slow file holds up no longer than any other program.</summary>
    private async Task<ExtractedText> ReadOfficeAsync(Func<PageCollector, IReadOnlyList<string>> read, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(_limits.ReadTime);
        try
        {
            var pages = await Task.Run(() => read(new(MaxCharacters, time.Token)), time.Token);
            return new([.. pages.Select(page => new ReadPage(PageText.Clean(page)))]);
        }
        catch (InvalidDataException)
        {
            return ExtractedText.Failed(T["Không đọc được chữ trong tệp này: tệp hỏng hoặc quá dài. Hãy mở tệp trên máy của bạn, lưu lại rồi gửi bản mới."]);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TooSlow();
        }
    }

    private async Task<ExtractedText> ReadPdfAsync(string path, CancellationToken cancellationToken)
    {
        if (_pdfToText is null)
        {
            return ExtractedText.Failed(T["Máy chủ chưa cài pdftotext nên chưa đọc được chữ trong tệp PDF. Vẫn tìm được theo tên và số hiệu."]);
        }

        var result = await _pdfToText.RunAsync(_ => ["-enc", "UTF-8", "-q", path, "-"], _limits.ReadTime, MaxCharacters, maxMemory: _limits.ToolMemory, cancellationToken: cancellationToken);
        return result.Outcome switch
        {
            ToolOutcome.Done when result.Output.Count(character => character == '\f') > ExtractedText.MaxPages => new(Pages(result.Output), T["Tệp rất dài: máy chỉ đọc {0} trang đầu để tìm.", ExtractedText.MaxPages]),
            ToolOutcome.Done => new(Pages(result.Output)),
            ToolOutcome.Failed when result.Error.Contains("password", StringComparison.OrdinalIgnoreCase) => ExtractedText.Failed(T["Tệp PDF này có mật khẩu nên không đọc được chữ bên trong."]),
            ToolOutcome.Failed => ExtractedText.Failed(T["Không đọc được chữ trong tệp PDF này: tệp có thể bị hỏng."]),
            ToolOutcome.TooSlow => TooSlow(),
            ToolOutcome.TooLong => new(Pages(result.Output), T["Tệp rất dài: máy chỉ đọc {0} triệu chữ cái đầu để tìm.", MaxCharacters / 1_000_000]),
        };
    }

    /// <summary>A form feed ends each page; a page without words is a picture.</summary>
    private List<ReadPage> Pages(string output)
    {
        var pages = output.Split('\f');
        return [.. pages[..Math.Clamp(pages.Length - 1, 1, ExtractedText.MaxPages)].Select(page => PageText.Clean(page) is { Length: > 0 } text ? new ReadPage(text) : scans.ReadsPdf ? ReadPage.Waiting : ReadPage.Unread)];
    }

    private static ExtractedText One(string text) => new([new(PageText.Clean(text))]);

    private ExtractedText TooLong() => ExtractedText.Failed(T["Tệp dài quá {0} triệu chữ nên không đọc để tìm.", MaxCharacters / 1_000_000]);

    private ExtractedText TooSlow() => ExtractedText.Failed(T["Đọc chữ trong tệp này quá {0} giây nên đã dừng. Hãy chia tệp thành phần nhỏ hơn rồi gửi lại.", _limits.ReadSeconds]);
}
