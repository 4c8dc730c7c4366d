namespace TrainingSite.Search.Text;

/// <summary>Words of damaged text that are no syllables, but near to a syllable of the query.</summary>
internal static class NearWords
{
    /// <summary>The near words, with the position of the term that each may be.</summary>
    public static Dictionary<string, int> Find(IReadOnlyList<QueryTerm> terms, LanguageStatistics statistics)
    {
        var near = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var term = 0; term < terms.Count; term++)
        {
            var fold = terms[term].Fold;
            if (fold.Length < 3 || char.IsAsciiDigit(fold[0]))
            {
                continue;
            }

            var isSyllable = SyllableShape.IsSyllable(fold);
            foreach (var word in Candidates(fold, statistics))
            {
                if (word != fold && (isSyllable ? Misreading.IsNearSyllable(fold, word) : Misreading.IsNearWord(fold, word)))
                {
                    near.TryAdd(word, term);
                }
            }
        }

        return near;
    }

    /// <summary>Words of about that length that begin alike; a scanner reads đ as d, p or b.</summary>
    private static IEnumerable<string> Candidates(string fold, LanguageStatistics statistics) =>
        from first in fold[0] == 'd' ? "dpb" : fold[..1]
        from length in Enumerable.Range(fold.Length - 1, 3)
        from word in statistics.ForeignWords[(first, length)]
        select word;
}
