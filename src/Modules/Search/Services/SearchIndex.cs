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

    internal SearchIndex(SiteDbContext db, IndexStore store, StatisticsCache statistics, TimeProvider clock)
    {
        (_db, _store, _statistics, _clock) = (db, store, statistics, clock);
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
        var title = VietnameseText.Clean(document.Title);
        return Pages(document).SelectMany(page => PassageCutter.Cut(page.Text), (page, text) => (page.Number, Text: text)).Select((passage, at) =>
            new NewPassage(key, at, passage.Number, passage.Text, analyzer.Analyze(title, passage.Text), tokens));
    }

    /// <summary>No passage reaches over a page, so that each has one to lead to. Pages without words are left out, but the title can be found always.</summary>
    private static List<(int? Number, string Text)> Pages(SearchDocument document)
    {
        var pages = document.Pages.Select((text, at) => (Number: (int?)(at + 1), Text: at == 0 ? $"{document.Text}\n\n{text}" : text)).Where(page => !string.IsNullOrWhiteSpace(page.Text)).ToList();
        return pages.Count > 0 ? pages : [(null, document.Text)];
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
