using System.Text;
using System.Text.Json;

namespace TrainingSite.Bench.Load;

/// <summary>
/// Opens sessions (a point for each commune), posts attendance events of their people through the API, each with an id of its own, and
/// counts events recorded a second and the processor time of each. With <c>--postgres</c> (the site's own database) pgbench runs before and
/// after, and the ratio to it is what counts.
/// </summary>
internal sealed class CheckInLoad : IMeasure
{
    /// <summary>Requests are made before the clock runs; so many a second are enough for every machine so far.</summary>
    private const int MostEventsPerSecond = 40_000;

    private const int PgBenchSeconds = 8;

    public string Name => "check-in";

    public string Usage => "URL --token T [--postgres CONNECTION] [--unit CODE] [--people N] [--events N] [--connections N] [--seconds N]";

    public async Task<int> RunAsync(Arguments arguments)
    {
        var run = new Run(
            new Uri(arguments.Word(0)!),
            arguments.Option("token")!,
            arguments.Number("events", 1),
            arguments.Number("connections", 32),
            arguments.Number("seconds", 10));
        using var client = new HttpClient { BaseAddress = run.Address, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", run.Token);
        var people = arguments.Option("people") is { } size ? int.Parse(size) : (int?)null;
        var places = await new CheckInSessions(client, arguments.Option("unit") ?? "14").OpenAsync(people, people is null ? 0 : 80_000);
        var sessions = places.Select(place => place.Session).Distinct().Count();
        Console.WriteLine($"{sessions} session(s) of {places.Count / sessions:#,0} people, {run.Events} event(s) a request, {run.Connections} connections");
        if (arguments.Option("postgres") is not { } postgres)
        {
            return await MeasureAsync(run, places, database: null) is { Errors: 0 } ? 0 : 1;
        }

        await using var pgBench = new PgBench(postgres);
        Console.WriteLine(await pgBench.PrepareAsync());
        var before = await pgBench.RunAsync(PgBenchSeconds);
        var result = await MeasureAsync(run, places, ProcessorTime.OfPort(pgBench.Port));
        var after = await pgBench.RunAsync(PgBenchSeconds);
        var ratio = result.PerSecond * run.Events / ((before + after) / 2);
        var goal = run.Events == 1 ? 0.33 : 2.0;
        Console.WriteLine($"pgbench  {before:#,0} rows/s before, {after:#,0} after");
        Console.WriteLine($"ratio    {ratio:0 %} of pgbench's rows (to reach: {goal:0 %}{(run.Events == 1 ? ", p99 below 30 ms" : "")})");
        return result.Errors == 0 && ratio >= goal && (run.Events > 1 || result.P99 < 30) ? 0 : 1;
    }

    private static async Task<LoadResult> MeasureAsync(Run run, List<CheckInSessions.Place> places, ProcessorTime? database)
    {
        var site = ProcessorTime.OfPort(run.Address.Port);
        var requests = Requests(run, places);
        var next = -1;
        double siteBefore = 0, databaseBefore = 0, driverBefore = 0;
        var sent = 0;
        var result = await LoadRun.RunAsync(
            run.Address,
            run.Connections,
            TimeSpan.FromSeconds(run.Seconds),
            _ => Interlocked.Increment(ref next) is var number && number < requests.Length ? requests[number] : null,
            answer => answer.IndexOf("rejected"u8) < 0,
            () => (siteBefore, databaseBefore, driverBefore, sent) = (site?.Read() ?? 0, database?.Read() ?? 0, Driver(), next + 1));
        var events = (Math.Min(next + 1, requests.Length) - sent) * run.Events;
        var driver = Driver() - driverBefore;
        Console.WriteLine($"requests {result}");
        Console.WriteLine($"events   {result.PerSecond * run.Events:#,0}/s");
        if (site is not null)
        {
            double own = (site.Read() - siteBefore) / events, its = database is null ? 0 : (database.Read() - databaseBefore) / events;
            Console.WriteLine($"processor {own + its:0.000} ms a check-in: site {own:0.000}, database {(database is null ? "within" : $"{its:0.000}")} (to reach: 0.2); besides, the driver {driver / events:0.000}");
        }

        return result;
    }

    private static double Driver() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    /// <summary>Everybody comes; when all are there, everybody comes late after all, then is there again, and so on.</summary>
    private static byte[][] Requests(Run run, List<CheckInSessions.Place> places)
    {
        var headers = $"Authorization: Bearer {run.Token}\r\n";
        var all = new List<byte[]>();
        var most = (run.Seconds + 1) * MostEventsPerSecond;
        for (int turn = 0, made = 0; made < most; turn++)
        {
            foreach (var session in places.GroupBy(place => place.Session))
            {
                var path = $"/api/v1/sessions/{session.Key}/attendance-events";
                foreach (var some in session.Chunk(run.Events))
                {
                    // A session's last request may be short of people; it takes some twice rather than be smaller.
                    var full = some.Length == run.Events ? some : [.. Enumerable.Range(0, run.Events).Select(index => some[index % some.Length])];
                    all.Add(RawConnection.Post(run.Address, path, headers, Body(full, turn % 2 == 0 ? "in" : "late")));
                    made += run.Events;
                }
            }
        }

        return [.. all];
    }

    private static byte[] Body(CheckInSessions.Place[] places, string kind)
    {
        var body = new StringBuilder("{\"device\":\"bench\",\"events\":[");
        foreach (var place in places)
        {
            body.Append(body[^1] == '[' ? "" : ",")
                .Append($"{{\"id\":\"{Guid.CreateVersion7()}\",\"member\":{JsonSerializer.Serialize(place.Member)},\"point\":{JsonSerializer.Serialize(place.Point)},")
                .Append($"\"kind\":\"{kind}\",\"method\":\"roster\",\"at\":\"{TimeProvider.System.GetUtcNow():O}\"}}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    private sealed record Run(Uri Address, string Token, int Events, int Connections, int Seconds);
}
