using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>
/// Builds the index anew from the sources, document by document; searches find the old rows until the new ones are there. Damaged texts are
/// repaired with all that the site's own clean texts have taught.
/// </summary>
internal sealed class IndexRebuilder(
    SiteDbContext db, IEnumerable<ISearchSource> sources, SearchIndex index, StatisticsCounter counter, StatisticsCache statistics)
{
    private const int DocumentsAtOnce = 100;

    /// <summary>Books are few at once: nobody else writes on SQLite meanwhile.</summary>
    private const int LettersAtOnce = 500_000;

    /// <summary>Whether the index was built with another version of the analyzer, or never.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken) =>
        !await db.IndexStates.AnyAsync(state => state.AnalyzerVersion == PassageAnalyzer.Version, cancellationToken);

    /// <summary>Builds anew.</summary>
    /// <returns>How many documents there are now.</returns>
    public async Task<int> RebuildAsync(CancellationToken cancellationToken)
    {
        var known = await db.IndexedDocuments.Select(document => document.Id).ToListAsync(cancellationToken);
        await statistics.RefreshAsync(cancellationToken);
        var seen = new HashSet<(string, Guid)>();
        foreach (var source in sources)
        {
            var batch = new List<SearchDocument>(DocumentsAtOnce);
            var letters = 0L;
            await foreach (var document in source.GetAllAsync(cancellationToken))
            {
                if (seen.Add((document.Kind, document.Id)))
                {
                    batch.Add(document);
                    letters += document.Text.Length + document.Pages.Sum(page => (long)page.Length);
                }

                if (batch.Count == DocumentsAtOnce || letters >= LettersAtOnce)
                {
                    await index.PutAsync(batch, cancellationToken);
                    batch.Clear();
                    letters = 0;
                }
            }

            await index.PutAsync(batch, cancellationToken);
        }

        await RemoveGoneAsync(known, seen, cancellationToken);
        await counter.CountAsync(anew: true, cancellationToken);
        var state = await counter.GetStateAsync(cancellationToken);
        state.AnalyzerVersion = PassageAnalyzer.Version;
        await db.SaveChangesAsync(cancellationToken);
        await statistics.RefreshAsync(cancellationToken);
        return seen.Count;
    }

    /// <summary>What was in the index before and no source names any more.</summary>
    private async Task RemoveGoneAsync(List<int> known, HashSet<(string, Guid)> seen, CancellationToken cancellationToken)
    {
        foreach (var slice in known.Chunk(DocumentsAtOnce))
        {
            var documents = await db.IndexedDocuments.Where(document => slice.Contains(document.Id))
                .Select(document => new { document.Id, document.Kind, document.SourceId }).ToListAsync(cancellationToken);
            var gone = documents.Where(document => !seen.Contains((document.Kind, document.SourceId))).Select(document => document.Id).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await index.RemoveAsync(gone, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
