using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Bench.Search;

/// <summary>How good the first ten hits are, on graded queries, and whether both databases answer alike.</summary>
internal sealed class SearchQuality : IMeasure
{
    private const double NdcgToReach = .95;
    private const double ClassToReach = .88;
    private const double RankToReach = .97;

    public string Name => "search-quality";

    public string Usage => "PATH [--postgres CONNECTION] [--queries FILE] [--misses 1]   PATH holds passages.jsonl and queries-open.jsonl";

    public async Task<int> RunAsync(Arguments arguments)
    {
        if (arguments.Word(0) is not { } folder)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        var passages = GradedPassage.Load(folder);
        var queries = GradedQuery.Load(arguments.Option("queries") ?? Path.Combine(folder, "queries-open.jsonl"));
        var answers = new List<List<List<string>>>();
        var reached = true;
        foreach (var postgres in arguments.Option("postgres") is { } connection ? new[] { null, connection } : [null])
        {
            await using var site = await BenchSite.StartAsync(postgres, services => services.AddSingleton<ISearchSource>(new Source(passages)));
            var found = await AnswerAsync(site, passages, queries);
            answers.Add(found);
            reached &= Report(site.Database, queries, found, arguments.Number("misses", 0) > 0);
        }

        if (answers.Count == 2)
        {
            var equal = answers[0].Zip(answers[1]).Count(pair => pair.First.SequenceEqual(pair.Second));
            Console.WriteLine($"equal lists on both databases: {equal} of {queries.Count}");
            reached &= equal == queries.Count;
        }

        Console.WriteLine(reached ? "reached" : "NOT reached");
        return reached ? 0 : 1;
    }

    private static Task<List<List<string>>> AnswerAsync(BenchSite site, List<GradedPassage> passages, List<GradedQuery> queries) => site.WithAsync(async services =>
    {
        await services.GetRequiredService<IndexRebuilder>().RebuildAsync(CancellationToken.None);
        // A second time: damaged texts are now repaired with what the clean ones taught.
        await services.GetRequiredService<IndexRebuilder>().RebuildAsync(CancellationToken.None);
        var names = passages.ToDictionary(passage => GradedPassage.KeyOf(passage.Id), passage => passage.Id);
        var search = services.GetRequiredService<SearchService>();
        var reader = services.GetRequiredService<CurrentUser>();
        var answers = new List<List<string>>();
        foreach (var query in queries)
        {
            var result = await search.SearchAsync(new(query.Query) { Take = 10 }, reader);
            answers.Add([.. result.Value!.Hits.Select(hit => names[hit.Id])]);
        }

        return answers;
    });

    private static bool Report(string database, List<GradedQuery> queries, List<List<string>> answers, bool withMisses)
    {
        var scored = queries.Zip(answers, (query, found) => (Query: query, Found: found, Score: query.Score(found))).ToList();
        Console.WriteLine($"{database}: nDCG@10 / recall@10 / MRR");
        var reached = true;
        foreach (var group in scored.GroupBy(row => row.Query.Class))
        {
            var score = QueryScore.Average([.. group.Select(row => row.Score)]);
            Print(group.Key, score);
            reached &= score.Ndcg >= ClassToReach;
        }

        var overall = QueryScore.Average([.. scored.Select(row => row.Score)]);
        Print("overall", overall);
        if (withMisses)
        {
            foreach (var row in scored.Where(row => row.Score.Ndcg < .95))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {row.Query.Id} {row.Score.Ndcg:F2} {row.Query.Query}"));
                Console.WriteLine($"    found {string.Join(' ', row.Found.Select(id => $"{id}:{row.Query.Grades.GetValueOrDefault(id)}"))}");
                Console.WriteLine($"    graded {string.Join(' ', row.Query.Grades.Select(grade => $"{grade.Key}:{grade.Value}"))}");
            }
        }

        return reached && overall.Ndcg >= NdcgToReach && overall.ReciprocalRank >= RankToReach;
    }

    private static void Print(string name, QueryScore score) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-14}{score.Ndcg:F3} / {score.Recall:F3} / {score.ReciprocalRank:F3}"));

    private sealed class Source(List<GradedPassage> passages) : ISearchSource
    {
        public string Kind => "document";

        public string Title => "Văn bản";

        public IAsyncEnumerable<SearchDocument> GetAllAsync(CancellationToken cancellationToken) => passages.Select(passage => passage.ToDocument()).ToAsyncEnumerable();
    }
}
