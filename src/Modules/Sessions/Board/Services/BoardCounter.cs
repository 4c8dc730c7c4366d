using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Board.Services;

/// <summary>
/// Counts a session for however many viewers at once: at most once a second, only while somebody asks, and never for more than a
/// twentieth of the time, so that the count of a very large session slows down instead of the check-in beside it. Each node counts
/// from the database, so none is blind to what another has written.
/// </summary>
public sealed class BoardCounter(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Few sessions run at once; when more are asked for, all are counted anew.</summary>
    private const int Most = 32;
    private const int Share = 20;

    /// <summary>Between two counts, and between two updates of a viewer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>People who are told to come to another point do not change the session's revision.</summary>
    private static readonly TimeSpan PlanAge = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, Entry> _entries = new();

#pragma warning disable CA1001 // The gate holds nothing to let go of: nobody asks for its wait handle.
    /// <summary>What is known of one session.</summary>
    private sealed class Entry
#pragma warning restore CA1001
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public readonly string Epoch = Guid.NewGuid().ToString("N")[..8];
        public volatile BoardPicture? Picture;
        public BoardReader.Plan? Plan;
        public long PlannedAt;
        public long CountedAt;
        public TimeSpan Wait;
    }

    /// <summary>The session's points, counted a second ago at most; null when there is no such session.</summary>
    public async Task<BoardPicture?> LookAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        if (_entries.Count >= Most && !_entries.ContainsKey(sessionId))
        {
            _entries.Clear();
        }

        var entry = _entries.GetOrAdd(sessionId, _ => new Entry());
        if (IsFresh(entry))
        {
            return entry.Picture;
        }

        await entry.Gate.WaitAsync(cancellationToken);
        try
        {
            return IsFresh(entry) ? entry.Picture : await CountAsync(sessionId, entry, cancellationToken);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    private bool IsFresh(Entry entry) => entry.Picture is not null && clock.GetElapsedTime(Volatile.Read(ref entry.CountedAt)) < entry.Wait;

    private async Task<BoardPicture?> CountAsync(Guid sessionId, Entry entry, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<BoardReader>();
        if (await reader.FindAsync(sessionId, cancellationToken) is not { } standing)
        {
            _entries.TryRemove(sessionId, out _);
            return null;
        }

        // The revision is read first: what changes while the rest is read makes the plan stale for one second, not wrong for ever.
        var planned = entry.Plan?.Revision == standing.Revision && clock.GetElapsedTime(entry.PlannedAt) < PlanAge;
        if (!planned)
        {
            entry.PlannedAt = start;
            entry.Plan = await reader.ReadPlanAsync(sessionId, standing.Revision, cancellationToken);
        }

        var picture = Compare(entry, standing, await reader.ReadAsync(sessionId, entry.Plan!, cancellationToken));
        // What it costs to begin says nothing of what comes after.
        entry.Wait = planned ? TimeSpan.FromTicks(Math.Clamp(clock.GetElapsedTime(start).Ticks * Share, Pause.Ticks, LongestPause.Ticks)) : Pause;
        Volatile.Write(ref entry.CountedAt, start);
        entry.Picture = picture;
        return picture;
    }

    /// <summary>Points that look as before keep their version.</summary>
    private static BoardPicture Compare(Entry entry, BoardReader.Standing standing, IReadOnlyList<BoardPoint> points)
    {
        var before = entry.Picture?.Entries.ToDictionary(old => old.Point.Id) ?? [];
        var version = (entry.Picture?.Version ?? 0) + 1;
        var changed = entry.Picture is null || entry.Picture.State != standing.State || before.Count != points.Count;
        var entries = new BoardEntry[points.Count];
        for (var index = 0; index < entries.Length; index++)
        {
            var same = before.GetValueOrDefault(points[index].Id) is { } old && old.Point == points[index] ? old : null;
            changed |= same is null;
            entries[index] = same ?? new(points[index], version);
        }

        return new(entry.Epoch, changed ? version : entry.Picture!.Version, standing.Revision, standing.State, entries);
    }
}
