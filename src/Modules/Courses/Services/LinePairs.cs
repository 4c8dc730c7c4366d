namespace TrainingSite.Courses.Services;

/// <summary>Finds out which line became which where several changed at once.</summary>
internal static class LinePairs
{
    /// <summary>Share of the words that two lines must have in common to be called the same line, changed.</summary>
    private const double Alike = .25;

    /// <summary>Beyond so many pairs to look at, the text is another one, and nobody reads it word by word.</summary>
    private const int Most = 10_000;

    /// <summary>The lines in their order; those alike together, the others alone.</summary>
    public static IEnumerable<(string? Gone, string? Come)> Of(IReadOnlyList<string> gone, IReadOnlyList<string> come)
    {
        if ((long)gone.Count * come.Count > Most)
        {
            return [.. gone.Select(line => ((string?)line, (string?)null)), .. come.Select(line => ((string?)null, (string?)line))];
        }

        var (gain, best) = Weigh([.. gone.Select(Words)], [.. come.Select(Words)]);
        var pairs = new List<(string?, string?)>();
        for (var (i, j) = (0, 0); i < gone.Count || j < come.Count;)
        {
            if (i < gone.Count && j < come.Count && gain[i, j] >= Alike && best[i, j] <= gain[i, j] + best[i + 1, j + 1])
            {
                pairs.Add((gone[i++], come[j++]));
            }
            else if (i < gone.Count && (j == come.Count || best[i + 1, j] >= best[i, j + 1]))
            {
                pairs.Add((gone[i++], null));
            }
            else
            {
                pairs.Add((null, come[j++]));
            }
        }

        return pairs;
    }

    /// <summary>How alike each two lines are, and from each place on the most likeness that pairs can gather without crossing.</summary>
    private static (double[,] Gain, double[,] Best) Weigh(Dictionary<string, int>[] gone, Dictionary<string, int>[] come)
    {
        var (gain, best) = (new double[gone.Length + 1, come.Length + 1], new double[gone.Length + 1, come.Length + 1]);
        for (var i = gone.Length - 1; i >= 0; i--)
        {
            for (var j = come.Length - 1; j >= 0; j--)
            {
                gain[i, j] = Likeness(gone[i], come[j]);
                best[i, j] = Math.Max(Math.Max(best[i + 1, j], best[i, j + 1]), gain[i, j] >= Alike ? gain[i, j] + best[i + 1, j + 1] : 0);
            }
        }

        return (gain, best);
    }

    private static double Likeness(Dictionary<string, int> gone, Dictionary<string, int> come)
    {
        var all = gone.Values.Sum() + come.Values.Sum();
        return all == 0 ? 0 : 2.0 * gone.Sum(word => Math.Min(word.Value, come.GetValueOrDefault(word.Key))) / all;
    }

    /// <summary>The marks of lists and headings are no words: they would make any two items alike.</summary>
    private static Dictionary<string, int> Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Any(char.IsLetter)).CountBy(word => word, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
}
