using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>
/// Devices that send marks as fast as they can, one or ten at a time, and keep whatever was not acknowledged, as the offline sheet does.
/// </summary>
internal sealed class Burst
{
    private const int Devices = 8;

    private readonly string _code;
    private readonly ConcurrentQueue<Dictionary<string, object?>[]> _left = new();
    private readonly ConcurrentDictionary<Guid, string> _acknowledged = [];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _mark;
    private readonly ConcurrentBag<Guid> _ids = [];
    private readonly Func<IReadOnlyList<Dictionary<string, object?>>?>? _more;
    private int _failures;

    /// <summary>Marks of a session, to be sent in this order.</summary>
    /// <param name="code">The session.</param>
    /// <param name="events">The marks.</param>
    /// <param name="mark">After so many were acknowledged, <see cref="Reached"/> is done.</param>
    /// <param name="more">Asked for further marks when a device has sent all; null when it is enough.</param>
    public Burst(string code, IReadOnlyList<Dictionary<string, object?>> events, int mark = 0, Func<IReadOnlyList<Dictionary<string, object?>>?>? more = null)
    {
        (_code, _mark, _more) = (code, mark, more);
        Add(events);
    }

    /// <summary>Marks of these people all over the last hour; each has an id of its own.</summary>
    public static List<Dictionary<string, object?>> Marks(DateTime now, IReadOnlyList<string> people, int count)
    {
        string[] kinds = ["in", "out", "late", "absent", "in", "left_early"];
        return [.. Enumerable.Range(0, count).Select(number => new Dictionary<string, object?>
        {
            ["id"] = Guid.NewGuid(),
            ["member"] = people[number % people.Count],
            ["point"] = "P1",
            ["kind"] = kinds[number / people.Count % kinds.Length],
            ["method"] = number % 3 == 0 ? "card" : "roster",
            ["at"] = now.AddHours(-1).AddMilliseconds(number * 1000).ToString("O"),
        })];
    }

    /// <summary>Ids of all marks.</summary>
    public IReadOnlyCollection<Guid> Ids => _ids;

    /// <summary>Ids that were acknowledged, with the first answer.</summary>
    public IReadOnlyDictionary<Guid, string> Acknowledged => _acknowledged;

    /// <summary>Requests that got no answer or an error.</summary>
    public int Failures => _failures;

    public Task Reached => _reached.Task;

    /// <summary>Sends until nothing is left, or until told to stop; what fails is sent again.</summary>
    public Task RunAsync(HttpClient client, CancellationToken stop = default) => Task.WhenAll(Enumerable.Range(1, Devices).Select(async device =>
    {
        while (!stop.IsCancellationRequested && (_left.TryDequeue(out var batch) || TryGetMore(out batch)))
        {
            if (!await TrySendAsync(client, $"device-{device}", batch))
            {
                _left.Enqueue(batch);
                Interlocked.Increment(ref _failures);
                // Not to keep two cores busy with asking.
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }));

    private void Add(IReadOnlyList<Dictionary<string, object?>> events)
    {
        foreach (var fact in events)
        {
            _ids.Add((Guid)fact["id"]!);
        }

        for (var (start, alone) = (0, false); start < events.Count; alone = !alone)
        {
            var size = Math.Min(alone ? 1 : 10, events.Count - start);
            _left.Enqueue([.. events.Skip(start).Take(size)]);
            start += size;
        }
    }

    private bool TryGetMore([NotNullWhen(true)] out Dictionary<string, object?>[]? batch)
    {
        if (_more?.Invoke() is { } events)
        {
            Add(events);
        }

        return _left.TryDequeue(out batch);
    }

    private async Task<bool> TrySendAsync(HttpClient client, string device, Dictionary<string, object?>[] events)
    {
        try
        {
            using var response = await client.PostAsJsonAsync($"/api/v1/sessions/{_code}/attendance-events", new { device, events });
            if (response.StatusCode != HttpStatusCode.OK)
            {
                Assert.True((int)response.StatusCode >= 500, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                return false;
            }

            foreach (var result in (await response.ReadJsonAsync()).GetProperty("results").EnumerateArray())
            {
                var outcome = result.GetProperty("outcome").GetString()!;
                Assert.True(outcome != "rejected", result.ToString());
                _acknowledged.TryAdd(result.GetProperty("id").GetGuid(), outcome);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            // The connection broke, perhaps in the middle of the answer: the device knows nothing and sends again.
            return false;
        }

        if (_acknowledged.Count >= _mark)
        {
            _reached.TrySetResult();
        }

        return true;
    }
}
