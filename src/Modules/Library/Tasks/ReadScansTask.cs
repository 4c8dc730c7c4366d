using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Tasks;

/// <summary>
/// Reads the pages that are only pictures, some at a time: short documents first, so that a book of two thousand pages keeps nobody
/// waiting. Each page is saved by itself, and the next run goes on.
/// </summary>
[BackgroundTask("50 * * * * ?", "Nhận dạng chữ trong trang quét và hình")]
internal sealed class ReadScansTask(
    SiteDbContext db, LibraryFiles files, TextExtractor extractor, EventPublisher events, IConfiguration configuration, IStringLocalizer<Strings> T) : IBackgroundTask
{
    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var waiting = await db.Documents.Where(document => document.TextState == TextState.Scanning)
            .Select(document => new { document.Id, document.CreatedUtc, Pages = db.Set<DocumentText>().Count(text => text.DocumentId == document.Id && text.Source == PageSource.Waiting) })
            .OrderBy(document => document.Pages).ThenBy(document => document.CreatedUtc).Take(_limits.ScanPagesPerRun).ToListAsync(cancellationToken);
        var left = _limits.ScanPagesPerRun;
        foreach (var document in waiting)
        {
            if (left <= 0)
            {
                break;
            }

            left -= await ReadAsync(document.Id, left, cancellationToken);
        }
    }

    /// <returns>How many pages were read.</returns>
    private async Task<int> ReadAsync(Guid id, int most, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (await db.Documents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { TextState: TextState.Scanning } document)
        {
            return 0;
        }

        var path = files.PathOf(document.Sha256);
        if (!File.Exists(path))
        {
            // Another node has not seen the file yet: the next run looks again.
            return 0;
        }

        var read = await db.DocumentTexts.CountAsync(text => text.DocumentId == id && text.Source == PageSource.Scan, cancellationToken);
        var pages = await db.DocumentTexts.Where(text => text.DocumentId == id && text.Source == PageSource.Waiting).OrderBy(text => text.PageNumber).Select(text => text.PageNumber).Take(most).ToListAsync(cancellationToken);
        foreach (var number in pages)
        {
            if (await extractor.ReadScanAsync(path, document.Format, number, cancellationToken) is not { } page)
            {
                await EndAsync(document, T["Máy chủ chưa cài Tesseract nên chưa đọc hết các trang quét. Vẫn tìm được theo tên và số hiệu."], cancellationToken);
                return 0;
            }

            if (!await KeepAsync(document, number, page, cancellationToken))
            {
                return pages.Count;
            }
        }

        if (!await db.DocumentTexts.AnyAsync(text => text.DocumentId == id && text.Source == PageSource.Waiting, cancellationToken))
        {
            await EndAsync(document, problem: null, cancellationToken);
        }
        else if (BitOperations.Log2((uint)read + 1) != BitOperations.Log2((uint)(read + pages.Count) + 1))
        {
            // Telling indexes all of it anew: each time twice as much is read, not after every run.
            await db.SaveAndTellAsync(events, id, cancellationToken);
        }

        return pages.Count;
    }

    /// <summary>Keeps a page, unless the document has another file by now, or is read anew, or is gone.</summary>
    private async Task<bool> KeepAsync(Document document, int number, ReadPage page, CancellationToken cancellationToken) =>
        await db.DocumentTexts.Where(text => text.DocumentId == document.Id && text.PageNumber == number && text.Source == PageSource.Waiting
                && db.Set<Document>().Any(row => row.Id == document.Id && row.Sha256 == document.Sha256))
            .ExecuteUpdateAsync(text => text.SetProperty(one => one.Text, page.Text).SetProperty(one => one.Source, page.Source).SetProperty(one => one.Confidence, page.Confidence), cancellationToken) == 1;

    private async Task EndAsync(Document document, string? problem, CancellationToken cancellationToken)
    {
        var hasText = await db.DocumentTexts.AnyAsync(text => text.DocumentId == document.Id && text.Text != "", cancellationToken);
        // A photo without words is as it should be; a scanned document without words is not.
        var isFailed = problem is not null || (!hasText && !FileNames.IsPicture(document.Format));
        var said = isFailed ? problem ?? T["Máy không nhận ra chữ nào trong bản quét này. Hãy quét lại rõ hơn, hoặc gửi tệp gốc. Vẫn tìm được theo tên và số hiệu."] : document.TextProblem;
        await db.InTransactionAsync(async () =>
        {
            if (await db.MoveReadingAsync(document, isFailed ? TextState.Failed : TextState.Done, said, document.PageCount, cancellationToken))
            {
                await db.SaveAndTellAsync(events, document.Id, cancellationToken);
            }
        }, cancellationToken);
    }
}
