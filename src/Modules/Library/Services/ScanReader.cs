using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>
/// Reads pictures: photos, and the pages of a PDF that were scanned. Needs Tesseract with its Vietnamese data (<c>Tools:Tesseract</c>), for
/// PDF also pdftoppm (<c>Tools:PdfToPpm</c>), each from the settings or from PATH; without them pictures are found by their title.
/// </summary>
public sealed class ScanReader(IConfiguration configuration)
{
    /// <summary>Long side of a page's picture in points: about 220 to the inch on A4, and the same for a page as large as a wall.</summary>
    private const string LongSide = "2600";

    private const string Language = "vie";
    private const int MaxOutput = 2_000_000;
    private const int WordLevel = 5;

    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);
    private readonly ExternalTool? _tesseract = ExternalTool.Find(configuration["Tools:Tesseract"], "tesseract");
    private readonly ExternalTool? _pdfToPpm = ExternalTool.Find(configuration["Tools:PdfToPpm"], "pdftoppm");

    /// <summary>Whether this site can read pictures.</summary>
    public bool ReadsPictures => _tesseract is not null;

    /// <summary>Whether this site can read scanned PDF files.</summary>
    public bool ReadsPdf => _tesseract is not null && _pdfToPpm is not null;

    /// <summary>Reads one page of a PDF file; null when Tesseract lacks its Vietnamese data.</summary>
    internal async Task<ReadPage?> ReadPdfPageAsync(string path, int page, CancellationToken cancellationToken)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        ReadPage? read = ReadPage.Unread;
        if (_pdfToPpm is not null)
        {
            await _pdfToPpm.RunAsync(
                folder => ["-q", "-f", number, "-l", number, "-singlefile", "-gray", "-png", "-scale-to", LongSide, path, Path.Combine(folder, "page")],
                _limits.ScanPageTime, MaxOutput, async folder => read = await ReadPictureAsync(Path.Combine(folder, "page.png"), cancellationToken), _limits.ToolMemory, cancellationToken);
        }

        return read;
    }

    /// <summary>Reads a picture; null when Tesseract lacks its Vietnamese data.</summary>
    internal async Task<ReadPage?> ReadPictureAsync(string path, CancellationToken cancellationToken)
    {
        if (_tesseract is null || !File.Exists(path))
        {
            return ReadPage.Unread;
        }

        var result = await _tesseract.RunAsync(_ => [path, "stdout", "-l", Language, "tsv"], _limits.ScanPageTime, MaxOutput, maxMemory: _limits.ToolMemory, cancellationToken: cancellationToken);
        return result.Outcome == ToolOutcome.Done ? Parse(result.Output) : result.Error.Contains($"{Language}.traineddata", StringComparison.Ordinal) ? null : ReadPage.Unread;
    }

    /// <summary>Tesseract's table: a line for each word, with its place and how sure it is.</summary>
    private static ReadPage Parse(string table)
    {
        var text = new StringBuilder();
        var (sum, words) = (0d, 0);
        string? line = null;
        foreach (var row in table.Split('\n'))
        {
            var cells = row.TrimEnd('\r').Split('\t');
            if (cells.Length < 12 || !int.TryParse(cells[0], CultureInfo.InvariantCulture, out var level) || level != WordLevel
                || !double.TryParse(cells[10], CultureInfo.InvariantCulture, out var confidence) || string.IsNullOrWhiteSpace(cells[11]))
            {
                continue;
            }

            // Block, paragraph, line.
            var place = string.Join('.', cells[2..5]);
            text.Append(line is null ? "" : place == line ? " " : "\n").Append(cells[11]);
            line = place;
            sum += confidence;
            words++;
        }

        return words == 0 ? ReadPage.Unread : new(PageText.Clean(text.ToString()), PageSource.Scan, (int)Math.Round(sum / words));
    }
}
