using System.Diagnostics;

namespace TrainingSite.Bench.Load;

/// <summary>What one run gave.</summary>
/// <param name="PerSecond">Successful answers a second.</param>
/// <param name="P50">Median time of an answer, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
/// <param name="Errors">Answers with another status than 200, or refused by what they say.</param>
internal sealed record LoadResult(double PerSecond, double P50, double P99, int Errors)
{
    public override string ToString() => $"{PerSecond,8:#,0}/s   p50 {P50:0.00} ms   p99 {P99:0.00} ms   errors {Errors}";
}

/// <summary>Keeps a number of connections busy for a time, each with one request after the other.</summary>
internal static class LoadRun
{
    /// <summary>Whether the body of an answer is a success.</summary>
    public delegate bool Accept(ReadOnlySpan<byte> body);

    /// <param name="address">The site, on loopback.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="duration">For how long; a tenth of it runs before, unmeasured, to warm up.</param>
    /// <param name="next">The next request of a connection; null when it has none left.</param>
    /// <param name="accept">Whether the body of an answer is a success; null where the status says it.</param>
    /// <param name="warm">Called between warming up and measuring.</param>
    public static async Task<LoadResult> RunAsync(Uri address, int connections, TimeSpan duration, Func<int, byte[]?> next, Accept? accept = null, Action? warm = null)
    {
        await WorkAsync(address, connections, duration / 10, next, accept);
        warm?.Invoke();
        return await WorkAsync(address, connections, duration, next, accept);
    }

    /// <summary>Runs so many at once, each on a thread of its own; resolves when all have ended.</summary>
    public static Task OnThreadsAsync(int count, Action<int> work) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(() => work(number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    private static async Task<LoadResult> WorkAsync(Uri address, int connections, TimeSpan duration, Func<int, byte[]?> next, Accept? accept)
    {
        var errors = 0;
        var times = new List<double>[connections];
        var watch = Stopwatch.StartNew();
        await OnThreadsAsync(connections, number =>
        {
            var mine = times[number] = new(100_000);
            using var connection = new RawConnection(address);
            while (watch.Elapsed < duration && next(number) is { } request)
            {
                var start = Stopwatch.GetTimestamp();
                var (status, body) = connection.Send(request, keepBody: accept is not null);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (status != 200 || accept?.Invoke(body.Span) == false)
                {
                    Interlocked.Increment(ref errors);
                }
            }
        });
        var elapsed = watch.Elapsed.TotalSeconds;
        var all = times.SelectMany(list => list).Order().ToList();
        return all.Count == 0 ? new(0, 0, 0, errors) : new((all.Count - errors) / elapsed, all[all.Count / 2], all[(int)(all.Count * 0.99)], errors);
    }
}
