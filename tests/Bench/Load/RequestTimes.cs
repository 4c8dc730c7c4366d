using System.Diagnostics;

namespace TrainingSite.Bench.Load;

/// <summary><c>request URL PATH [--token T]</c>: the time of one call after the other, such as a report or a search, over HTTP.</summary>
internal static class RequestTimes
{
    public static async Task<int> RunAsync(Uri address, string path, string? token, int count)
    {
        using var client = new HttpClient { BaseAddress = address };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        var times = new List<double>();
        for (var call = 0; call < count + 3; call++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var measured = times.Skip(3).Order().ToList();
        Console.WriteLine($"{path}: first {times[0]:0.0} ms, then p50 {measured[count / 2]:0.0} ms, p99 {measured[(int)(count * 0.99)]:0.0} ms over {count} calls");
        return 0;
    }
}
