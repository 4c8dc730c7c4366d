using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace TrainingSite.Bench.Load;

/// <summary>
/// <c>check-in URL --token T [--unit CODE] [--events N] [--connections N]</c>: opens a session of the unit's people (a point for each
/// commune), posts attendance events of them through the API, each with an id of its own, and counts events recorded a second.
/// </summary>
internal sealed class CheckInLoad : IMeasure
{
    public string Name => "check-in";

    public string Usage => "URL --token T [--unit CODE] [--events N] [--connections N]";

    public Task<int> RunAsync(Arguments arguments) => MeasureAsync(new Uri(arguments.Word(0)!), arguments.Option("token")!, arguments.Option("unit") ?? "14", arguments.Number("events", 1), arguments.Number("connections", 32));

    private static async Task<int> MeasureAsync(Uri address, string token, string unit, int eventsPerRequest, int connections)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var session = await OpenSessionAsync(client, unit);
        var people = (await ReadAsync(client, $"/api/v1/sessions/{session}/attendance?take=1000"))
            .ConvertAll(person => (person.GetProperty("member").GetString()!, person.GetProperty("point").GetString()!));
        Console.WriteLine($"{people.Count:#,0} invited people, {eventsPerRequest} event(s) a request, {connections} connections");

        var headers = $"Authorization: Bearer {token}\r\n";
        var path = $"/api/v1/sessions/{session}/attendance-events";
        var requests = new ConcurrentQueue<byte[]>(Enumerable.Range(0, 400_000 / eventsPerRequest).Select(number => RawConnection.Post(address, path, headers, Body(people, number, eventsPerRequest))));
        var result = await LoadRun.RunAsync(address, connections, TimeSpan.FromSeconds(10), _ => requests.TryDequeue(out var request) ? request : null, body => !body.Contains("rejected", StringComparison.Ordinal));
        Console.WriteLine($"requests {result}");
        Console.WriteLine($"events   {result.PerSecond * eventsPerRequest:#,0}/s");
        return result.Errors == 0 ? 0 : 1;
    }

    /// <summary>A session that runs now; its code.</summary>
    internal static async Task<string> OpenSessionAsync(HttpClient client, string unit)
    {
        var code = $"BENCH-{Guid.NewGuid().ToString("N")[..8]}";
        var now = TimeProvider.System.GetUtcNow();
        var districts = (await ReadAsync(client, $"/api/v1/units?parent={unit}&take=1000")).ConvertAll(child => child.GetProperty("code").GetString()!);
        var communes = new List<string>();
        foreach (var district in districts)
        {
            communes.AddRange((await ReadAsync(client, $"/api/v1/units?parent={district}&level=commune&take=1000")).Select(child => child.GetProperty("code").GetString()!));
        }

        await SendAsync(client, "/api/v1/sessions", new
        {
            code,
            title = "Đo tốc độ điểm danh",
            mode = "online",
            topics = new[] { "T1" },
            blocks = new[] { new { start = now.AddMinutes(-30), end = now.AddHours(3) } },
            points = (communes.Count > 0 ? communes : [unit]).Select(commune => new { code = $"P-{commune}", unit = commune, link = "https://example.org/hop" }),
            invite = new { units = new[] { unit } },
        });
        await SendAsync(client, $"/api/v1/sessions/{code}/publish", new { });
        await SendAsync(client, $"/api/v1/sessions/{code}/open", new { });
        return code;
    }

    private static async Task SendAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"POST {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static string Body(List<(string Code, string Point)> people, int number, int count)
    {
        var events = Enumerable.Range(0, count).Select(index =>
        {
            var turn = (number * count) + index;
            var (code, point) = people[turn % people.Count];
            return new
            {
                id = Guid.CreateVersion7(),
                member = code,
                point,
                kind = turn / people.Count % 2 == 0 ? "in" : "late",
                method = "roster",
                at = TimeProvider.System.GetUtcNow(),
            };
        });
        return JsonSerializer.Serialize(new { device = "bench", events });
    }

    /// <summary>All items of a list, page after page.</summary>
    internal static async Task<List<JsonElement>> ReadAsync(HttpClient client, string path)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(next);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        return items;
    }
}
