using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>
/// The counts in memory: the shipped list, the stored counts, and what was written since. Loaded at first use; a search uses what is there
/// and asks, now and then, for newer ones in the background. Slightly old counts do no harm.
/// </summary>
internal sealed class StatisticsCache(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private const int RowsAtOnce = 2000;
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile Loaded? _loaded;
    private long _checked;

    /// <summary>Released when a refresh is wanted.</summary>
    public SemaphoreSlim RefreshWanted { get; } = new(0, 1);

    /// <summary>The counts, perhaps some seconds old.</summary>
    public async ValueTask<LanguageStatistics> GetAsync(CancellationToken cancellationToken)
    {
        if (_loaded is not { } loaded)
        {
            return await RefreshAsync(cancellationToken);
        }

        if (clock.GetElapsedTime(Interlocked.Read(ref _checked)) > FreshFor)
        {
            Interlocked.Exchange(ref _checked, clock.GetTimestamp());
            if (RefreshWanted.CurrentCount == 0)
            {
                RefreshWanted.Release();
            }
        }

        return loaded.Statistics;
    }

    /// <summary>Takes in what was written since the last time.</summary>
    public async Task<LanguageStatistics> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            Interlocked.Exchange(ref _checked, clock.GetTimestamp());
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SiteDbContext>();
            var state = await db.IndexStates.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new IndexState();
            var from = _loaded is { } loaded && loaded.Generation == state.Generation
                ? loaded
                : new Loaded(await LoadAsync(db, state, cancellationToken), state.Generation, state.CountedTo);
            _loaded = await AddNewAsync(db, from, cancellationToken);
            return _loaded.Statistics;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose()
    {
        _refreshing.Dispose();
        RefreshWanted.Dispose();
    }

    private static async Task<LanguageStatistics> LoadAsync(SiteDbContext db, IndexState state, CancellationToken cancellationToken)
    {
        var statistics = ShippedStatistics.Load();
        statistics.Passages = state.Passages;
        statistics.Length = state.Length;
        await foreach (var row in db.FeatureStatistics.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            statistics.Add(row.Feature, new(row.Passages, row.Clean));
        }

        return statistics;
    }

    private static async Task<Loaded> AddNewAsync(SiteDbContext db, Loaded loaded, CancellationToken cancellationToken)
    {
        var statistics = loaded.Statistics;
        var countedTo = loaded.CountedTo;
        await foreach (var slice in ReadNewAsync(db, countedTo, cancellationToken))
        {
            statistics = ReferenceEquals(statistics, loaded.Statistics) ? statistics.Copy() : statistics;
            Count(slice, statistics);
            countedTo = slice[^1].Id;
        }

        return loaded with { Statistics = statistics, CountedTo = countedTo };
    }

    /// <summary>Passages written after a key, some at a time.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<IndexedPassage>> ReadNewAsync(
        SiteDbContext db, int after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var slice = await db.IndexedPassages.AsNoTracking().Where(passage => passage.Id > after).OrderBy(passage => passage.Id).Take(RowsAtOnce)
                .Select(passage => new IndexedPassage { Id = passage.Id, Keys = passage.Keys, Reading = passage.Reading })
                .ToListAsync(cancellationToken);
            if (slice.Count == 0)
            {
                yield break;
            }

            yield return slice;
            after = slice[^1].Id;
        }
    }

    /// <summary>Adds passages to the counts.</summary>
    public static void Count(IEnumerable<IndexedPassage> passages, LanguageStatistics statistics)
    {
        foreach (var passage in passages)
        {
            statistics.AddPassage(
                AnalyzedPassage.FeaturesOf(passage.Keys, passage.Reading),
                isClean: string.IsNullOrEmpty(passage.Reading),
                length: passage.Keys.AsSpan().Count(' ') + 1);
        }
    }

    private sealed record Loaded(LanguageStatistics Statistics, int Generation, int CountedTo);
}
