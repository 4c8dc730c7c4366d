namespace TrainingSite.Search.Text;

/// <summary>Finding a phrase of a list in a query.</summary>
internal static class Phrases
{
    /// <summary>Whether the phrase stands there. It may be typed without marks, but not with other marks.</summary>
    public static bool Stand(List<Syllable> query, int from, Syllable[] phrase)
    {
        if (from + phrase.Length > query.Count)
        {
            return false;
        }

        for (var at = 0; at < phrase.Length; at++)
        {
            var typed = query[from + at];
            if (typed.Fold != phrase[at].Fold || (typed.IsMarked && typed.Key != phrase[at].Key))
            {
                return false;
            }
        }

        return true;
    }
}
