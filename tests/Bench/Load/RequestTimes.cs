using System.Diagnostics;

namespace TrainingSite.Bench.Load;

/// <summary><c>request URL PATH [--token T]</c>: the time of one call after the other, such as a report or a search, over HTTP.</summary>
internal sealed class RequestTimes : IMeasure
{
    public string Name => "request";

    public string Usage => "URL --path P [--token T] [--count N]";

    public Task<int> RunAsync(Arguments arguments) => MeasureAsync(new Uri(arguments.Word(0)!), arguments.Option("path")!, arguments.Option("token"), arguments.Number("count", 50));

    private static async Task<int> MeasureAsync(Uri address, string path, string? token, int count)
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
