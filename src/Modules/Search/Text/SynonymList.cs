namespace TrainingSite.Search.Text;

/// <summary>A query with a phrase in the place of another.</summary>
/// <param name="Query">The syllables.</param>
/// <param name="Phrase">Where among them the phrase stands.</param>
internal readonly record struct Replacement(List<Syllable> Query, Range Phrase);

/// <summary>
/// Groups of phrases that mean the same, at query time only. A query that holds one of them may also be read with each of the others in its
/// place, one place at a time.
/// </summary>
internal sealed class SynonymList
{
    private readonly Dictionary<string, List<(Syllable[] Phrase, Syllable[][] Group)>> _byFirstFold = new(StringComparer.Ordinal);

    /// <summary>Takes groups such as (căn cước, CCCD, chứng minh nhân dân).</summary>
    public SynonymList(IEnumerable<IEnumerable<string>> groups)
    {
        foreach (var group in groups)
        {
            Syllable[][] phrases = [.. group.Select(phrase => SyllableReader.Read(phrase).ToArray()).Where(phrase => phrase.Length > 0)];
            foreach (var phrase in phrases)
            {
                if (!_byFirstFold.TryGetValue(phrase[0].Fold, out var known))
                {
                    _byFirstFold[phrase[0].Fold] = known = [];
                }

                known.Add((phrase, phrases));
            }
        }
    }

    /// <summary>The query with one of its phrases replaced by another of the same group, in every way. At each place the longest phrase is the one that is meant.</summary>
    public IEnumerable<Replacement> Replace(List<Syllable> query)
    {
        for (var at = 0; at < query.Count;)
        {
            var (phrase, group) = Longest(query, at);
            if (phrase is null)
            {
                at++;
                continue;
            }

            foreach (var other in group!.Where(other => other != phrase))
            {
                yield return new([.. query[..at], .. other, .. query[(at + phrase.Length)..]], at..(at + other.Length));
            }

            at += phrase.Length;
        }
    }

    private (Syllable[]? Phrase, Syllable[][]? Group) Longest(List<Syllable> query, int at) =>
        _byFirstFold.TryGetValue(query[at].Fold, out var known) ? known.Where(entry => Phrases.Stand(query, at, entry.Phrase)).DefaultIfEmpty().MaxBy(entry => entry.Phrase?.Length ?? 0) : default;
}
