using System.Collections.Concurrent;
using System.Text.Json;

namespace TrainingSite.Bench.Load;

/// <summary>
/// <c>check-in URL --token T --session CODE [--events N] [--connections N]</c>: posts attendance events of the session's invited people
/// through the API, each with an id of its own, and counts events recorded a second.
/// </summary>
internal sealed class CheckInLoad : IMeasure
{
    public string Name => "check-in";

    public string Usage => "URL --token T --session CODE [--events N] [--connections N]";

    public Task<int> RunAsync(Arguments arguments) => MeasureAsync(new Uri(arguments.Word(0)!), arguments.Option("token")!, arguments.Option("session")!, arguments.Number("events", 1), arguments.Number("connections", 32));

    private static async Task<int> MeasureAsync(Uri address, string token, string session, int eventsPerRequest, int connections)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var people = await ReadPeopleAsync(client, session);
        Console.WriteLine($"{people.Count:#,0} invited people, {eventsPerRequest} event(s) a request, {connections} connections");

        var headers = $"Authorization: Bearer {token}\r\n";
        var path = $"/api/v1/sessions/{session}/attendance-events";
        var requests = new ConcurrentQueue<byte[]>(Enumerable.Range(0, 400_000 / eventsPerRequest).Select(number => RawConnection.Post(address, path, headers, Body(people, number, eventsPerRequest))));
        var result = await LoadRun.RunAsync(address, connections, TimeSpan.FromSeconds(10), _ => requests.TryDequeue(out var request) ? request : null);
        Console.WriteLine($"requests {result}");
        Console.WriteLine($"events   {result.PerSecond * eventsPerRequest:#,0}/s");
        return result.Errors == 0 ? 0 : 1;
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

    private static async Task<List<(string Code, string Point)>> ReadPeopleAsync(HttpClient client, string session)
    {
        var people = new List<(string, string)>();
        for (string? next = $"/api/v1/sessions/{session}/attendance?take=1000"; next is not null;)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync(next));
            people.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(person => (person.GetProperty("member").GetString()!, person.GetProperty("point").GetString()!)));
            next = page.RootElement.GetProperty("next").GetString();
        }

        return people;
    }
}
