namespace TrainingSite.Search.Text;

/// <summary>
/// Abbreviations, both ways and at query time only: an abbreviation stands for its phrase and the phrase for its abbreviation. So the
/// list can be edited without building the index anew.
/// </summary>
internal sealed class AbbreviationList
{
    private readonly List<(string[] Short, Syllable[] Long)> _entries;

    /// <summary>Takes pairs such as (DVC, dịch vụ công).</summary>
    public AbbreviationList(IEnumerable<(string Short, string Long)> entries) =>
        _entries = [.. entries
            .Select(entry => (SyllableReader.Read(entry.Short).Select(syllable => syllable.Fold).ToArray(), SyllableReader.Read(entry.Long).ToArray()))
            .Where(entry => entry.Item1.Length > 0 && entry.Item2.Length > 0)];

    /// <summary>The query with its abbreviations spelt out; null when it has none.</summary>
    public List<Syllable>? SpellOut(List<Syllable> query) => Replace(query, (from, entry) => Matches(query, from, entry.Short) ? (entry.Short.Length, entry.Long) : default);

    /// <summary>The query with its phrases abbreviated; null when there is nothing to abbreviate.</summary>
    public List<Syllable>? Abbreviate(List<Syllable> query) => Replace(query, (from, entry) => Phrases.Stand(query, from, entry.Long)
        ? (entry.Long.Length, [.. entry.Short.Select(fold => new Syllable(fold, fold, query[from].Start, query[from].Length))])
        : default);

    /// <summary>At each place the longest match wins.</summary>
    private List<Syllable>? Replace(List<Syllable> query, Func<int, (string[] Short, Syllable[] Long), (int Length, Syllable[]? Instead)> match)
    {
        var replaced = new List<Syllable>();
        var any = false;
        for (var at = 0; at < query.Count;)
        {
            var (length, instead) = _entries.Select(entry => match(at, entry)).DefaultIfEmpty().MaxBy(found => found.Length);
            if (instead is null)
            {
                replaced.Add(query[at++]);
                continue;
            }

            replaced.AddRange(instead);
            at += length;
            any = true;
        }

        return any ? replaced : null;
    }

    private static bool Matches(List<Syllable> query, int from, string[] folds)
    {
        if (from + folds.Length > query.Count)
        {
            return false;
        }

        for (var at = 0; at < folds.Length; at++)
        {
            if (query[from + at].Fold != folds[at])
            {
                return false;
            }
        }

        return true;
    }
}
