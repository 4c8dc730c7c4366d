using System.Text;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.Bench.Search;

/// <summary>
/// Makes any number of passages: half of them general text (a walk over the shipped pairs), four in ten from sentences of clean documents,
/// one in ten from bad scans. The words of the domain are as common as in real texts, so it is the hard case. Always the same passages.
/// </summary>
internal sealed class Haystack
{
    private const int Words = 140;
    private const int PieceLength = 12;

    private readonly List<string[]> _clean = [];
    private readonly List<string[]> _scanned = [];
    private readonly Dictionary<string, (string Next, int Count)[]> _followers;
    private readonly string[] _starts;
    private readonly Random _random = new(20261122);

    public Haystack(IEnumerable<GradedPassage> passages)
    {
        var statistics = ShippedStatistics.Load();
        var analyzer = new PassageAnalyzer(statistics);
        foreach (var passage in passages)
        {
            var pieces = passage.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(PieceLength);
            (analyzer.Analyze(passage.Title, passage.Text).IsClean ? _clean : _scanned).AddRange(pieces);
        }

        _followers = statistics.All().Where(row => row.Feature.Contains('_', StringComparison.Ordinal))
            .Select(row => (Pair: row.Feature.Split('_'), row.Count.Clean))
            .GroupBy(row => row.Pair[0], row => (row.Pair[1], row.Clean), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        _starts = [.. _followers.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>A document of one passage.</summary>
    public SearchDocument Next(int number)
    {
        var text = (number % 10) switch { 0 => FromPieces(_scanned), < 5 => FromPieces(_clean), _ => Walk() };
        return new("document", GradedPassage.KeyOf($"haystack {number}"), string.Join(' ', text.Split(' ').Take(6)), text, $"/library/{number}") { Topic = $"T{(number % 10) + 1}" };
    }

    /// <summary>The given queries, and pieces of the texts, half of them without marks.</summary>
    public List<string> Queries(IReadOnlyList<string> given, int count)
    {
        var queries = new List<string>(given);
        while (queries.Count < count)
        {
            var piece = _clean[_random.Next(_clean.Count)];
            var from = _random.Next(Math.Max(1, piece.Length - 5));
            var text = string.Join(' ', piece.Skip(from).Take(_random.Next(2, 6)));
            queries.Add(queries.Count % 2 == 0 ? text : VietnameseText.Fold(text));
        }

        return queries;
    }

    private string FromPieces(List<string[]> pieces)
    {
        var words = new List<string>(Words + PieceLength);
        while (words.Count < Words)
        {
            words.AddRange(pieces[_random.Next(pieces.Count)]);
        }

        return string.Join(' ', words);
    }

    private string Walk()
    {
        var text = new StringBuilder(Words * 6);
        var word = _starts[_random.Next(_starts.Length)];
        for (var at = 0; at < Words; at++)
        {
            text.Append(at == 0 ? "" : " ").Append(word);
            word = _followers.TryGetValue(word, out var next) ? Choose(next) : _starts[_random.Next(_starts.Length)];
        }

        return text.ToString();
    }

    private string Choose((string Next, int Count)[] followers)
    {
        var left = _random.Next(followers.Sum(follower => follower.Count));
        foreach (var (next, count) in followers)
        {
            left -= count;
            if (left < 0)
            {
                return next;
            }
        }

        return followers[^1].Next;
    }
}
