using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>
/// The lists of abbreviations and synonyms in memory. They are read anew at most once a second, so that a change on another node counts
/// within a second; the node that changes them forgets them at once.
/// </summary>
public sealed class WordLists : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly TimeProvider _clock;
    private volatile Kept? _kept;

    internal WordLists(TimeProvider clock) => _clock = clock;

    /// <summary>The lists, at most a second old.</summary>
    internal async ValueTask<QueryWords> GetAsync(SiteDbContext db, CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } readMeanwhile)
            {
                return readMeanwhile;
            }

            var readUtc = _clock.UtcNow();
            var abbreviations = await db.Abbreviations.AsNoTracking().OrderBy(row => row.Short).ToListAsync(cancellationToken);
            var synonyms = await db.SynonymGroups.AsNoTracking().OrderBy(group => group.Id).ToListAsync(cancellationToken);
            var words = new QueryWords(new(abbreviations.Select(row => (row.Short, row.Long))), new(synonyms.Select(group => group.Split())));
            _kept = new(words, readUtc);
            return words;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Lets the next search read the lists anew; also when they are just being read.</summary>
    internal async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        _kept = null;
        _reading.Release();
    }

    /// <inheritdoc />
    public void Dispose() => _reading.Dispose();

    private QueryWords? Fresh() => _kept is { } kept && (_clock.UtcNow() - kept.ReadUtc).Duration() < KeptFor ? kept.Words : null;

    private sealed record Kept(QueryWords Words, DateTime ReadUtc);
}
