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
        if (await db.Documents.FindAsync([id], cancellationToken) is not { TextState: TextState.Scanning } document)
        {
            return 0;
        }

        var path = files.PathOf(document.Sha256);
        if (!File.Exists(path))
        {
            // Another node has not seen the file yet: the next run looks again.
            return 0;
        }

        var pages = await db.DocumentTexts.Where(text => text.DocumentId == id && text.Source == PageSource.Waiting).OrderBy(text => text.PageNumber).Take(most).ToListAsync(cancellationToken);
        try
        {
            foreach (var page in pages)
            {
                if (await extractor.ReadScanAsync(path, document.Format, page.PageNumber, cancellationToken) is not { } read)
                {
                    await EndAsync(document, T["Máy chủ chưa cài Tesseract nên chưa đọc hết các trang quét. Vẫn tìm được theo tên và số hiệu."], cancellationToken);
                    return 0;
                }

                (page.Text, page.Source, page.Confidence) = (read.Text, read.Source, read.Confidence);
                await db.SaveChangesAsync(cancellationToken);
            }

            var isDone = !await db.DocumentTexts.AnyAsync(text => text.DocumentId == id && text.Source == PageSource.Waiting, cancellationToken);
            await (isDone ? EndAsync(document, problem: null, cancellationToken) : db.SaveAndTellAsync(events, id, cancellationToken));
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody edited, replaced or deleted it meanwhile; what is still waiting is read by the next run.
        }

        return pages.Count;
    }

    private async Task EndAsync(Document document, string? problem, CancellationToken cancellationToken)
    {
        var hasText = await db.DocumentTexts.AnyAsync(text => text.DocumentId == document.Id && text.Text != "", cancellationToken);
        // A photo without words is as it should be; a scanned document without words is not.
        var isFailed = problem is not null || (!hasText && !FileNames.IsPicture(document.Format));
        document.TextState = isFailed ? TextState.Failed : TextState.Done;
        document.TextProblem = isFailed ? problem ?? T["Máy không nhận ra chữ nào trong bản quét này. Hãy quét lại rõ hơn, hoặc gửi tệp gốc. Vẫn tìm được theo tên và số hiệu."] : document.TextProblem;
        await db.SaveAndTellAsync(events, document.Id, cancellationToken);
    }
}
