using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Keeps the stored counts up with the index, so that a start need not read every passage.</summary>
internal sealed class StatisticsCounter(SiteDbContext db, IndexStore store)
{
    /// <summary>When more than this share of the counted passages is gone, everything is counted anew.</summary>
    private const double MostOutdated = .1;

    private const int RowsAtOnce = 20_000;

    /// <summary>Counts what was written since the last time; everything when too much of what was counted is gone.</summary>
    /// <param name="anew">Forces counting everything.</param>
    /// <param name="cancellationToken">Stops; nothing is stored then.</param>
    public async Task CountAsync(bool anew, CancellationToken cancellationToken)
    {
        var state = await GetStateAsync(cancellationToken);
        var passages = await db.IndexedPassages.CountAsync(passage => passage.Id <= state.CountedTo, cancellationToken);
        anew |= state.Passages - passages > MostOutdated * state.Passages;
        var counts = new LanguageStatistics();
        var countedTo = anew ? 0 : state.CountedTo;
        await foreach (var slice in StatisticsCache.ReadNewAsync(db, countedTo, cancellationToken))
        {
            StatisticsCache.Count(slice, counts);
            countedTo = slice[^1].Id;
        }

        // Counting takes seconds on a large index; only the writing holds the database's write lock.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (anew)
        {
            await db.FeatureStatistics.ExecuteDeleteAsync(cancellationToken);
            (state.Generation, state.Passages, state.Length) = (state.Generation + 1, 0, 0);
        }

        foreach (var rows in counts.All().Chunk(RowsAtOnce))
        {
            await store.AddCountsAsync(rows, cancellationToken);
        }

        (state.CountedTo, state.Passages, state.Length) = (countedTo, state.Passages + counts.Passages, state.Length + counts.Length);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The only row, tracked; made when it is not there.</summary>
    public async Task<IndexState> GetStateAsync(CancellationToken cancellationToken)
    {
        if (await db.IndexStates.SingleOrDefaultAsync(cancellationToken) is { } state)
        {
            return state;
        }

        return db.IndexStates.Add(new IndexState()).Entity;
    }
}
