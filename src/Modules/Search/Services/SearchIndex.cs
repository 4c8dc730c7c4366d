using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>
/// The index of everything that can be found, on SQLite and PostgreSQL under one Vietnamese analyzer. Its rows change in the transaction
/// of the context, past the change tracker: save your own changes first, inside the same transaction, and commit when both are done.
/// </summary>
public sealed class SearchIndex
{
    private readonly SiteDbContext _db;
    private readonly IndexStore _store;
    private readonly StatisticsCache _statistics;
    private readonly TimeProvider _clock;

    internal SearchIndex(SiteDbContext db, StatisticsCache statistics, TimeProvider clock)
    {
        (_db, _statistics, _clock) = (db, statistics, clock);
        _store = IndexStore.For(db);
    }

    /// <summary>Puts documents in, or replaces them, in the context's running transaction (it opens one when there is none).</summary>
    public Task PutAsync(IReadOnlyCollection<SearchDocument> documents, CancellationToken cancellationToken = default) =>
        documents.Count == 0 ? Task.CompletedTask : InTransactionAsync(async () =>
        {
            var analyzer = new PassageAnalyzer(await _statistics.GetAsync(cancellationToken));
            var passages = new List<NewPassage>();
            var keys = new HashSet<int>();
            foreach (var document in documents)
            {
                var key = await _store.PutDocumentAsync(document, _clock.UtcNow(), cancellationToken);
                if (!keys.Add(key))
                {
                    throw new ArgumentException($"The document {document.Kind} {document.Id} stands twice in the list.", nameof(documents));
                }

                passages.AddRange(Cut(document, key, analyzer));
            }

            await _store.RemovePassagesAsync(keys, cancellationToken);
            await _store.AddPassagesAsync(passages, cancellationToken);
        }, cancellationToken);

    /// <summary>Takes a document out.</summary>
    public Task RemoveAsync(string kind, Guid id, CancellationToken cancellationToken = default) => InTransactionAsync(async () =>
    {
        var keys = await _db.IndexedDocuments.Where(document => document.Kind == kind && document.SourceId == id).Select(document => document.Id).ToListAsync(cancellationToken);
        await RemoveAsync(keys, cancellationToken);
    }, cancellationToken);

    /// <summary>Takes documents out by their keys in the index.</summary>
    internal async Task RemoveAsync(IReadOnlyCollection<int> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
        {
            await _store.RemovePassagesAsync(keys, cancellationToken);
            await _db.IndexedDocuments.Where(document => keys.Contains(document.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static IEnumerable<NewPassage> Cut(SearchDocument document, int key, PassageAnalyzer analyzer)
    {
        string[] tokens = [.. ReaderScope.TokensOf(document)];
        return PassageCutter.Cut(document.Text).Select((text, at) =>
            new NewPassage(key, at, text, analyzer.Analyze(VietnameseText.Clean(document.Title), text), tokens));
    }

    private async Task InTransactionAsync(Func<Task> write, CancellationToken cancellationToken)
    {
        if (_db.Database.CurrentTransaction is not null)
        {
            await write();
            return;
        }

        await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
        await write();
        await transaction.CommitAsync(cancellationToken);
    }
}
