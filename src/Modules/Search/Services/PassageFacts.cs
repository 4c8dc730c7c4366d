using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>What decides who may see a passage, and what it is counted under.</summary>
internal sealed record PassageFacts(string Kind, string? Topic, SearchVisibility Visibility, string? UnitPath);

/// <summary>
/// The facts of all passages, in memory for SQLite: its index would read through everything that a reader may not see for each lookup. A
/// passage never changes (its document is put in anew under larger keys, and keys are never used twice), so only what is new has to be read.
/// </summary>
internal sealed class PassageFactsCache
{
    private readonly Lock _adding = new();
    private readonly Dictionary<PassageFacts, int> _numbers = [];
    private volatile Known _known = new([], [], 0);

    /// <summary>All passages up to this key are known.</summary>
    public int Largest => _known.Largest;

    /// <summary>Adds the passages that are new.</summary>
    public void Add(IReadOnlyList<(int Passage, PassageFacts Facts)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        lock (_adding)
        {
            var largest = Math.Max(_known.Largest, rows.Max(row => row.Passage));
            var passages = _known.Passages;
            if (passages.Length <= largest)
            {
                Array.Resize(ref passages, Math.Max(largest + 1, passages.Length * 2));
            }

            foreach (var (passage, facts) in rows)
            {
                if (!_numbers.TryGetValue(facts, out var number))
                {
                    _numbers.Add(facts, number = _numbers.Count + 1);
                }

                passages[passage] = number;
            }

            // Who searches with the former one does not look behind its largest key. The numbers are in order, since none is ever taken out.
            _known = new(passages, _numbers.Count == _known.Distinct.Length ? _known.Distinct : [.. _numbers.Keys], largest);
        }
    }

    /// <summary>Which of the passages known now pass a filter.</summary>
    public PassageSelection Select(FetchFilter filter)
    {
        var known = _known;
        return new(known.Passages, known.Largest, [false, .. known.Distinct.Select(filter.Allows)]);
    }

    /// <summary>What is known: of each passage the number of its facts, 0 for one that is gone; the facts, from number 1; the largest key.</summary>
    private sealed record Known(int[] Passages, PassageFacts[] Distinct, int Largest);
}

/// <summary>Which passages pass a filter: asked thousands of times in a search, of few different facts.</summary>
internal sealed class PassageSelection(int[] passages, int largest, bool[] allowed)
{
    /// <summary>Whether a passage passes; one that was added since does not.</summary>
    public bool Holds(int passage) => passage <= largest && allowed[passages[passage]];
}
