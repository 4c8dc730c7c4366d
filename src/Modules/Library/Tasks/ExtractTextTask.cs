using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Tasks;

/// <summary>Reads the words of new documents, so that they can be found. Each document is saved by itself: a stop loses at most one.</summary>
[BackgroundTask("20 * * * * ?", "Đọc chữ trong tài liệu mới để tìm được")]
internal sealed class ExtractTextTask(SiteDbContext db, LibraryFiles files, TextExtractor extractor, EventPublisher events) : IBackgroundTask
{
    private const int Batch = 50;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var pending = await db.Documents.Where(document => document.TextState == TextState.Pending)
            .OrderBy(document => document.CreatedUtc).Select(document => document.Id).Take(Batch).ToListAsync(cancellationToken);
        foreach (var id in pending)
        {
            db.ChangeTracker.Clear();
            if (await db.Documents.FindAsync([id], cancellationToken) is { TextState: TextState.Pending } document)
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

        db.PutText(document, await extractor.ExtractAsync(path, document.Format, cancellationToken));
        try
        {
            await db.SaveAndTellAsync(events, document.Id, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody edited or deleted it meanwhile; it is still pending and the next run reads it.
        }
    }
}
