namespace TrainingSite.Search.Text;

/// <summary>How boldly to repair.</summary>
/// <param name="Noise">Cost of one unit of misreading: low for scans, high for what a person typed.</param>
/// <param name="Stay">Cost of leaving a word that the language knows; 0 for scans.</param>
/// <param name="KnownFrom">From which count on a word is known.</param>
/// <param name="CountDamaged">Whether words that stand only in damaged passages count: a typed query may mean them.</param>
internal readonly record struct RepairStyle(double Noise, double Stay, int KnownFrom, bool CountDamaged)
{
    /// <summary>For scanned text.</summary>
    public static readonly RepairStyle Scan = new(Noise: 5, Stay: 0, KnownFrom: int.MaxValue, CountDamaged: false);

    /// <summary>For a typed query.</summary>
    public static readonly RepairStyle Typed = new(Noise: 4.5, Stay: 4, KnownFrom: 3, CountDamaged: true);
}

/// <summary>Finds the most probable reading of a damaged line: near syllables, weighed by which neighbours the language knows (Viterbi).</summary>
internal sealed class TextRepair(LanguageStatistics statistics, RepairStyle style)
{
    private const double UnknownWord = 9;
    private const int LongestWord = 12;

    /// <summary>The repaired folds, one for each that is seen; unchanged where nothing better is known.</summary>
    public string[] Repair(IReadOnlyList<string> seen)
    {
        if (seen.Count == 0)
        {
            return [];
        }

        var steps = new Step[seen.Count];
        for (var at = 0; at < seen.Count; at++)
        {
            steps[at] = Weigh(seen, at, at > 0 ? steps[at - 1] : null);
        }

        var read = new string[seen.Count];
        var choice = Array.IndexOf(steps[^1].Scores, steps[^1].Scores.Min());
        for (var at = seen.Count - 1; at >= 0; at--)
        {
            var id = steps[at].Proposals[choice].Id;
            read[at] = id < 0 ? seen[at] : statistics.NameOf(id);
            choice = steps[at].CameFrom[choice];
        }

        return read;
    }

    private Step Weigh(IReadOnlyList<string> seen, int at, Step? before)
    {
        var word = seen[at];
        var isNumber = word.Length > LongestWord || (char.IsAsciiDigit(word[0]) && (word.Length > 2 || word.All(char.IsAsciiDigit)));
        var proposals = isNumber ? [new(-1, 0)] : Propose(word);
        var step = new Step(proposals, new double[proposals.Length], new int[proposals.Length]);
        for (var choice = 0; choice < proposals.Length; choice++)
        {
            var (id, cost) = proposals[choice];
            var unknown = isNumber ? 0 : UnknownWord;
            var best = double.MaxValue;
            if (before is null)
            {
                best = id < 0 ? unknown : -LogProbability(-1, id);
            }
            else
            {
                for (var previous = 0; previous < before.Proposals.Length; previous++)
                {
                    var score = before.Scores[previous] + (id < 0 ? unknown : -LogProbability(before.Proposals[previous].Id, id));
                    if (score < best)
                    {
                        (best, step.CameFrom[choice]) = (score, previous);
                    }
                }
            }

            step.Scores[choice] = best + (cost * style.Noise) + CostOfChange(seen, at, id);
        }

        return step;
    }

    private NearSyllable[] Propose(string word)
    {
        var near = statistics.Near.Of(word);
        return near.Length == 0 || (statistics.Find(word) < 0 && !SyllableShape.IsSyllable(word))
            ? [.. near, new(-1, word.Length <= 2 ? 1.6f : 2.2f)]
            : near;
    }

    /// <summary>A person who typed a known word mostly meant it, the more so when its neighbour confirms it.</summary>
    private double CostOfChange(IReadOnlyList<string> seen, int at, int id)
    {
        var word = seen[at];
        if (style.Stay == 0 || id < 0 || statistics.NameOf(id) == word || statistics.CountOf(word).Known < style.KnownFrom)
        {
            return 0;
        }

        var isConfirmed = (at > 0 && statistics.CountOf(seen[at - 1], word).Known > 0)
            || (at + 1 < seen.Count && statistics.CountOf(word, seen[at + 1]).Known > 0);
        return style.Stay * (isConfirmed ? 1.75 : 1);
    }

    /// <summary>Of a syllable after another: the pair's share, and the syllable's own where the pair is rare.</summary>
    private double LogProbability(int first, int second)
    {
        var alone = (statistics.CountOf(second).Clean + .5) / (statistics.CleanTotal + 5000.0);
        if (first < 0)
        {
            return Math.Log(alone);
        }

        const double Discount = .75;
        var together = Count(statistics.CountOf(first, second));
        var seen = (double)Count(statistics.CountOf(first));
        var backOff = seen > 0 ? Math.Min(1, Discount * Math.Min(seen, 40) / (seen + 1)) : 1;
        return Math.Log((Math.Max(together - Discount, 0) / (seen + 1)) + (Math.Max(backOff, .08) * alone));
    }

    private int Count(FeatureCount count) => count.Clean + (style.CountDamaged ? count.Passages : 0);

    private sealed record Step(NearSyllable[] Proposals, double[] Scores, int[] CameFrom);
}
