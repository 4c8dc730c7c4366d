using TrainingSite.Search.Models;

namespace TrainingSite.Bench.Search;

/// <summary>Makes any number of passages out of the sentences of a few: the words are as common as in real texts, so it is the hard case. Always the same ones.</summary>
internal sealed class Haystack
{
    private const int Words = 140;
    private const int PieceLength = 12;

    private readonly List<string[]> _pieces;
    private readonly Random _random = new(20261122);

    public Haystack(IEnumerable<GradedPassage> passages) =>
        _pieces = [.. passages.SelectMany(passage => passage.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(PieceLength))];

    /// <summary>A document of one passage.</summary>
    public SearchDocument Next(int number)
    {
        var words = new List<string>(Words + PieceLength);
        while (words.Count < Words)
        {
            words.AddRange(_pieces[_random.Next(_pieces.Count)]);
        }

        return new("document", GradedPassage.KeyOf($"haystack {number}"), string.Join(' ', words.Take(6)), string.Join(' ', words), $"/library/{number}") { Topic = $"T{(number % 10) + 1}" };
    }

    /// <summary>The given queries, and pieces of the texts, half of them without marks.</summary>
    public List<string> Queries(IReadOnlyList<string> given, int count)
    {
        var queries = new List<string>(given);
        while (queries.Count < count)
        {
            var piece = _pieces[_random.Next(_pieces.Count)];
            var from = _random.Next(Math.Max(1, piece.Length - 5));
            var text = string.Join(' ', piece.Skip(from).Take(_random.Next(2, 6)));
            queries.Add(queries.Count % 2 == 0 ? text : VietnameseText.Fold(text));
        }

        return queries;
    }
}
