using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Tasks;

/// <summary>Reads the words of new documents, so that they can be found. Each document is saved by itself: a stop loses at most one.</summary>
[BackgroundTask("20 * * * * ?", "Đọc chữ trong tài liệu mới để tìm được")]
internal sealed class ExtractTextTask(
    SiteDbContext db, LibraryFiles files, TextExtractor extractor, PictureShrinker shrinker, EventPublisher events, IConfiguration configuration, IStringLocalizer<Strings> T) : IBackgroundTask
{
    private const int Batch = 50;

    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var pending = await db.Documents.Where(document => document.TextState == TextState.Pending)
            .OrderBy(document => document.ReadAttempts).ThenBy(document => document.CreatedUtc).Select(document => document.Id).Take(Batch).ToListAsync(cancellationToken);
        foreach (var id in pending)
        {
            db.ChangeTracker.Clear();
            if (await db.Documents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { TextState: TextState.Pending } document)
            {
                await ReadAsync(document, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(Document document, CancellationToken cancellationToken)
    {
        var path = files.PathOf(document.Sha256);
        if (!File.Exists(path))
        {
            // Deleted between the two reads, or another node has not seen the file yet: the next run looks again.
            return;
        }

        // Counted before it is begun: a file that takes the whole site down is left alone after a few starts.
        await db.Documents.Where(row => row.Id == document.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.ReadAttempts, one => one.ReadAttempts + 1), cancellationToken);
        var text = document.ReadAttempts >= _limits.ReadAttempts
            ? ExtractedText.Failed(T["Máy đã thử đọc tệp này {0} lần mà lần nào cũng phải dừng giữa chừng. Hãy lưu lại tệp rồi gửi bản mới.", _limits.ReadAttempts])
            : await ReadFileAsync(document, path, cancellationToken);
        await db.InTransactionAsync(async () =>
        {
            if (await db.MoveReadingAsync(document, text.State, text.Problem, text.Pages.Count, cancellationToken))
            {
                db.AddPages(document.Id, text);
                await db.SaveAndTellAsync(events, document.Id, cancellationToken);
            }
        }, cancellationToken);
    }

    private async Task<ExtractedText> ReadFileAsync(Document document, string path, CancellationToken cancellationToken)
    {
        if (FileNames.IsPicture(document.Format))
        {
            await shrinker.ShrinkAsync(path, files.SmallPathOf(document.Sha256), document.Format, cancellationToken);
        }

        return await extractor.ExtractAsync(path, document.Format, cancellationToken);
    }
}
