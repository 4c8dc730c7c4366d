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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{site.Database}: built in {watch.Elapsed.TotalSeconds:F0} s; beside the text, MB:"));
        foreach (var part in await SizeAsync(site))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {part.Name,-40}{part.Megabytes,8:F1}"));
        }


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
                : """VACUUM ANALYZE "Search_Passage", "Search_Document" """);
        });
    }

    private static async Task<List<double>> MeasureAsync(BenchSite site, IReadOnlyList<string> queries, int searches, int atOnce)
    {
        var times = new double[searches];
        var next = -1;
        var processor = Environment.CpuUsage.TotalTime;
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
        var used = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / searches;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {atOnce} at once: {used:F1} ms of this process's processor time a search"));
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

    /// <summary>All that the index takes, without the text of the passages themselves, in MB by part.</summary>
    private static Task<List<SizeOfPart>> SizeAsync(BenchSite site) => site.WithAsync(services => services.GetRequiredService<SiteDbContext>().Database.SqlQueryRaw<SizeOfPart>(
        site.Database == "SQLite"
            ? """
              SELECT 'keys' AS "Name", sum(length("Keys") + coalesce(length("Reading"), 0)) / 1e6 AS "Megabytes" FROM "Search_Passage"
              UNION ALL SELECT 'features', sum(length(block)) / 1e6 FROM "Search_Feature_data"
              UNION ALL SELECT 'all', (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()) / 1e6 - sum(length(cast("Text" AS blob))) / 1e6 FROM "Search_Passage"
              """
            : """
              SELECT relname::text AS "Name", pg_total_relation_size(oid)::float8 / 1e6 AS "Megabytes" FROM pg_class WHERE relkind IN ('r', 'i') AND (relname LIKE 'Search%' OR relname LIKE 'IX_Search%')
              UNION ALL SELECT 'all', (sum(pg_total_relation_size(oid)) - (SELECT sum(pg_column_size("Text")) FROM "Search_Passage"))::float8 / 1e6 FROM pg_class WHERE relkind = 'r' AND relname LIKE 'Search%'
              """).ToListAsync());

    private sealed record SizeOfPart(string Name, double Megabytes);

    private static void Print(int atOnce, List<double> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {atOnce} at once: p50 {Percentile(times, .5):F1} ms, p95 {Percentile(times, .95):F1} ms, p99 {Percentile(times, .99):F1} ms"));

    private static double Percentile(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
