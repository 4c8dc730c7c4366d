using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrainingSite.Search.Models;

namespace TrainingSite.Bench.Search;

/// <summary>A passage of the test set.</summary>
internal sealed record GradedPassage(string Id, string Title, string Text)
{
    /// <summary>As a document of its own, so that each passage can be a hit. Titles stand in the text already.</summary>
    public SearchDocument ToDocument() => new("document", KeyOf(Id), Title, Text, $"/library/{Id}");

    /// <summary>The key that a passage's name always gives.</summary>
    public static Guid KeyOf(string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    /// <summary>Reads passages.jsonl.</summary>
    public static List<GradedPassage> Load(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "passages.jsonl")).Select(line => JsonSerializer.Deserialize<GradedPassage>(line, JsonSerializerOptions.Web)!)];
}

/// <summary>A query with the passages that answer it: 2 the best, 1 relevant.</summary>
internal sealed record GradedQuery(string Id, string Class, string Query, Dictionary<string, int> Grades)
{
    /// <summary>Reads a file of queries.</summary>
    public static List<GradedQuery> Load(string file) =>
        [.. File.ReadLines(file).Select(line => JsonSerializer.Deserialize<GradedQuery>(line, JsonSerializerOptions.Web)!)];

    /// <summary>Compares an answer with the grades.</summary>
    public QueryScore Score(IReadOnlyList<string> found)
    {
        double gained = 0, first = 0;
        var relevant = 0;
        foreach (var (id, at) in found.Take(10).Select((id, at) => (id, at)))
        {
            if (Grades.TryGetValue(id, out var grade))
            {
                gained += (Math.Pow(2, grade) - 1) / Math.Log2(at + 2);
                relevant++;
                first = first == 0 ? 1.0 / (at + 1) : first;
            }
        }

        var ideal = Grades.Values.OrderDescending().Take(10).Select((grade, at) => (Math.Pow(2, grade) - 1) / Math.Log2(at + 2)).Sum();
        return new(gained / ideal, (double)relevant / Math.Min(10, Grades.Count), first);
    }
}

/// <summary>How good an answer is.</summary>
internal readonly record struct QueryScore(double Ndcg, double Recall, double ReciprocalRank)
{
    /// <summary>The mean.</summary>
    public static QueryScore Average(IReadOnlyCollection<QueryScore> scores) =>
        new(scores.Average(score => score.Ndcg), scores.Average(score => score.Recall), scores.Average(score => score.ReciprocalRank));
}
