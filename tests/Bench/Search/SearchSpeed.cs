using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Bench.Search;

/// <summary>How long a search takes over many passages, at one and at eight at once, trimmed to an anonymous reader; and how large the index is.</summary>
internal sealed class SearchSpeed : IMeasure
{
    private const int DocumentsAtOnce = 500;

    public string Name => "search-speed";

    public string Usage => "PATH [--passages 100000] [--searches 1000] [--postgres CONNECTION]   PATH holds passages.jsonl and queries-open.jsonl";

    public async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.Word(0) is not { } folder)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var postgres = arguments.Option("postgres");
        var haystack = new Haystack(GradedPassage.Load(folder));
        var queries = haystack.Queries([.. GradedQuery.Load(Path.Combine(folder, "queries-open.jsonl")).Select(query => query.Query)], 200);
        await using var site = await BenchSite.StartAsync(postgres);
        var watch = Stopwatch.StartNew();
        await FillAsync(site, haystack, arguments.Number("passages", 100_000));
        var (seconds, megabytes) = (watch.Elapsed.TotalSeconds, await SizeAsync(site));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{site.Database}: built in {seconds:F0} s, {megabytes:F0} MB beside the text"));

        var limits = postgres is null ? (Alone: 10, Eight: 50) : (Alone: 20, Eight: 100);
        await MeasureAsync(site, queries, 200, 1);
        var alone = await MeasureAsync(site, queries, arguments.Number("searches", 1000), 1);
        Print(1, alone);
        var eight = await MeasureAsync(site, queries, arguments.Number("searches", 1000), 8);
        Print(8, eight);
        await MeasureChangeAsync(site, haystack);
        var reached = Percentile(alone, .99) <= limits.Alone && Percentile(eight, .99) <= limits.Eight;
        Console.WriteLine(reached ? "reached" : "NOT reached");
        return reached ? 0 : 1;
    }

    private static async Task FillAsync(BenchSite site, Haystack haystack, int passages)
    {
        // Most are for everybody; every fourth belongs to one of 200 communes, so that trimming has work to do.
        var documents = Enumerable.Range(0, passages).Select(number => haystack.Next(number) with
        {
            Visibility = number % 4 == 3 ? SearchVisibility.Unit : SearchVisibility.Public,
            UnitPath = number % 4 == 3 ? $"14/{number % 12}/{number % 200:D5}/" : null,
        });
        foreach (var batch in documents.Chunk(DocumentsAtOnce))
        {
            await site.WithAsync(async services =>
            {
                await services.GetRequiredService<SearchIndex>().PutAsync(batch);
                return true;
            });
        }

        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<StatisticsCounter>().CountAsync(anew: true, CancellationToken.None);
            await services.GetRequiredService<StatisticsCache>().RefreshAsync(CancellationToken.None);
            var db = services.GetRequiredService<SiteDbContext>();
            return await db.Database.ExecuteSqlRawAsync(db.IsSqlite
                ? """INSERT INTO "Search_Feature" ("Search_Feature") VALUES ('optimize'); PRAGMA wal_checkpoint(TRUNCATE); ANALYZE"""
                : """VACUUM ANALYZE "Search_Feature", "Search_Passage", "Search_Document" """);
        });
    }

    private static async Task<List<double>> MeasureAsync(BenchSite site, IReadOnlyList<string> queries, int searches, int atOnce)
    {
        var times = new double[searches];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < searches; number = Interlocked.Increment(ref next))
            {
                var watch = Stopwatch.StartNew();
                await site.WithAsync(services =>
                {
                    var reader = services.GetRequiredService<CurrentUser>();
                    reader.Read(new());
                    return services.GetRequiredService<SearchService>().SearchAsync(new(queries[number % queries.Count]) { Take = 10 }, reader);
                });
                times[number] = watch.Elapsed.TotalMilliseconds;
            }
        })));
        return [.. times.Order()];
    }

    private static async Task MeasureChangeAsync(BenchSite site, Haystack haystack)
    {
        var times = new List<double>();
        for (var number = 0; number < 200; number++)
        {
            var document = haystack.Next(number);
            var watch = Stopwatch.StartNew();
            await site.WithAsync(async services =>
            {
                await services.GetRequiredService<SearchIndex>().PutAsync([document]);
                return true;
            });
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  one change: p50 {Percentile(times, .5):F1} ms, p95 {Percentile(times, .95):F1} ms"));
    }

    private static Task<double> SizeAsync(BenchSite site) => site.WithAsync(services => services.GetRequiredService<SiteDbContext>().Database.SqlQueryRaw<double>(
        site.Database == "SQLite"
            ? """SELECT (SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'Search%' OR name LIKE 'IX_Search%') / 1e6 - (SELECT sum(length(cast("Text" AS blob))) FROM "Search_Passage") / 1e6 AS "Value" """
            : """SELECT ((SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'Search%') - (SELECT sum(pg_column_size("Text")) FROM "Search_Passage"))::float8 / 1e6 AS "Value" """).SingleAsync());

    private static void Print(int atOnce, List<double> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {atOnce} at once: p50 {Percentile(times, .5):F1} ms, p95 {Percentile(times, .95):F1} ms, p99 {Percentile(times, .99):F1} ms"));

    private static double Percentile(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
