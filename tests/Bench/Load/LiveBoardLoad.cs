using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace TrainingSite.Bench.Load;

/// <summary>
/// <c>live-board URL --token T [--people 8097] [--seconds 20] [--viewers 10] [--unit CODE]</c>: people of all points check in one by one
/// at a steady rate while viewers watch the live board. A check-in's time counts from the moment at which it was due, so a stalled site is not excused.
/// </summary>
internal sealed class LiveBoardLoad : IMeasure
{
    private const int Connections = 64;
    private const double MostP99 = 250;

    public string Name => "live-board";

    public string Usage => "URL --token T [--people 8097] [--seconds 20] [--viewers 10] [--unit CODE]";

    public Task<int> RunAsync(Arguments arguments) => MeasureAsync(
        new Uri(arguments.Word(0)!), arguments.Option("token")!, arguments.Option("unit") ?? "14", arguments.Number("people", 8097), arguments.Number("seconds", 20), arguments.Number("viewers", 10));

    private static async Task<int> MeasureAsync(Uri address, string token, string unit, int people, int seconds, int viewers)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var places = await new CheckInSessions(client, unit).OpenAsync(people: null, total: 0);
        var session = places[0].Session;
        var all = places.ConvertAll(place => (Code: place.Member, place.Point));
        // Every n-th of the list, so that all points take part.
        var chosen = Enumerable.Range(0, Math.Min(people, all.Count)).Select(number => all[(int)((long)number * all.Count / Math.Min(people, all.Count))]).ToList();
        Random.Shared.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(chosen));
        Console.WriteLine($"{chosen.Count:#,0} of {all.Count:#,0} people at {chosen.Select(person => person.Point).Distinct().Count()} points in {seconds} s ({chosen.Count / (double)seconds:0} a second), {viewers} viewers");

        using var ends = new CancellationTokenSource();
        var boards = Enumerable.Range(0, viewers).Select(_ => new Viewer()).ToList();
        var watching = boards.ConvertAll(board => board.WatchAsync(client, $"/api/v1/sessions/{session}/live", ends.Token));
        await Task.WhenAll(boards.Select(board => board.Opened));
        var (times, errors) = await CheckInAsync(address, token, session, chosen, seconds);
        var last = Stopwatch.GetTimestamp();
        while (boards.Exists(board => board.Present < chosen.Count - errors) && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(20, CancellationToken.None);
        }

        var shown = Stopwatch.GetElapsedTime(last);
        await ends.CancelAsync();
        await Task.WhenAll(watching);

        var (p50, p99) = (times[times.Count / 2], times[(int)(times.Count * 0.99)]);
        Console.WriteLine($"check-ins   p50 {p50:0.0} ms   p99 {p99:0.0} ms   longest {times[^1]:0} ms   errors {errors}");
        Console.WriteLine($"viewers     {boards.Average(board => board.Updates):0} updates and {boards.Average(board => board.Characters) / 1024:#,0} KiB each; all of them show {boards.Min(board => board.Present):#,0} people {shown.TotalMilliseconds:0} ms after the last check-in");
        return errors == 0 && p99 < MostP99 && boards.TrueForAll(board => board.Present == chosen.Count) ? 0 : 1;
    }

    private static async Task<(List<double> Times, int Errors)> CheckInAsync(Uri address, string token, string session, List<(string Code, string Point)> people, int seconds)
    {
        var headers = $"Authorization: Bearer {token}\r\n";
        var path = $"/api/v1/sessions/{session}/attendance-events";
        var times = new double[people.Count];
        var (next, errors) = (-1, 0);
        var watch = Stopwatch.StartNew();
        await LoadRun.OnThreadsAsync(Connections, _ =>
        {
            using var connection = new RawConnection(address);
            for (var turn = Interlocked.Increment(ref next); turn < people.Count; turn = Interlocked.Increment(ref next))
            {
                var (code, point) = people[turn];
                var request = RawConnection.Post(address, path, headers, JsonSerializer.SerializeToUtf8Bytes(new
                {
                    device = $"phone-{point}",
                    events = new[] { new { id = Guid.CreateVersion7(), member = code, point, kind = "in", method = "roster", at = TimeProvider.System.GetUtcNow() } },
                }));
                var due = TimeSpan.FromSeconds(turn * (double)seconds / people.Count);
                // People arrive by the real clock, whatever the server does.
                if (due > watch.Elapsed)
                {
                    Thread.Sleep(due - watch.Elapsed);
                }

                var (status, body) = connection.Send(request, keepBody: true);
                times[turn] = (watch.Elapsed - due).TotalMilliseconds;
                if (status != 200 || body.Span.IndexOf("recorded"u8) < 0)
                {
                    Interlocked.Increment(ref errors);
                }
            }
        });
        return ([.. times.Order()], errors);
    }

    /// <summary>One open board.</summary>
    private sealed class Viewer
    {
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Opened => _opened.Task;

        public int Updates { get; private set; }

        public long Characters { get; private set; }

        public int Present { get; private set; }

        public async Task WatchAsync(HttpClient client, string path, CancellationToken ends)
        {
            try
            {
                await using var stream = await client.GetStreamAsync(path, ends);
                await foreach (var item in SseParser.Create(stream).EnumerateAsync(ends))
                {
                    Characters += item.Data.Length;
                    if (item.EventType is "snapshot" or "points")
                    {
                        using var board = JsonDocument.Parse(item.Data);
                        Present = board.RootElement.GetProperty("totals").GetProperty("present").GetInt32();
                        Updates++;
                        _opened.TrySetResult();
                    }
                }
            }
            catch (OperationCanceledException) when (ends.IsCancellationRequested)
            {
                // The measure is over.
            }
        }
    }
}
