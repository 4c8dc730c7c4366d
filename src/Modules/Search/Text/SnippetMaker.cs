namespace TrainingSite.Search.Text;

/// <summary>A piece of a snippet.</summary>
/// <param name="Text">Plain text.</param>
/// <param name="IsMatch">Whether it is what the reader looked for.</param>
public sealed record SnippetSegment(string Text, bool IsMatch);

/// <summary>Cuts the part of a passage that shows best why it was found, and marks the matches. Segments are plain text: whoever shows them encodes.</summary>
internal sealed class SnippetMaker(QueryPlan plan)
{
    private const int Syllables = 34;
    private const int Before = 6;

    /// <summary>Of the heaviest word, what is still worth marking.</summary>
    private const double LeastShare = .3;

    /// <summary>Of the heaviest word, what is given to words that are marked however common they are.</summary>
    private const double WorthMarking = LeastShare + .1;

    private readonly double _heaviest = Heaviest(plan);

    private readonly Dictionary<string, double> _weights = WeighFolds(plan);

    /// <summary>Synonyms by their first fold. Nobody asked for their words one by one: "điện" is no match of "định danh điện tử".</summary>
    private readonly ILookup<string, QueryTerm[]> _phrases = plan.Readings.Select(reading => Array.ConvertAll(reading.Terms[reading.Phrase], term => plan.Terms[term]))
        .Where(phrase => phrase.Length > 0).ToLookup(phrase => phrase[0].Fold, StringComparer.Ordinal);

    /// <summary>How words were spelt that were typed with their marks.</summary>
    private readonly ILookup<string, string> _spellings = plan.Terms.GroupBy(term => term.Fold, StringComparer.Ordinal).Where(group => group.All(term => term.Key != term.Fold))
        .SelectMany(group => group).ToLookup(term => term.Fold, term => term.Key, StringComparer.Ordinal);

    /// <summary>The snippet of a passage.</summary>
    /// <param name="text">The passage's text, NFC.</param>
    /// <param name="reading">The repaired folds of title and text, if it was damaged.</param>
    /// <param name="titleLength">How many of the folds are the title's.</param>
    public List<SnippetSegment> Make(string text, string? reading, int titleLength) =>
        Cut(text, string.IsNullOrEmpty(reading) ? [] : [.. reading.Split(' ').Skip(titleLength)], Syllables);

    /// <summary>A whole text with its matches marked.</summary>
    public List<SnippetSegment> MarkAll(string text) => Cut(text, [], int.MaxValue);

    private List<SnippetSegment> Cut(string text, string[] repaired, int most)
    {
        var syllables = SyllableReader.Read(text);
        if (syllables.Count == 0)
        {
            return text.Length == 0 ? [] : [new(text, false)];
        }

        // Where a word stands as it was typed, its namesakes are something else: "toán" beside "toàn".
        var spelt = repaired.Length > 0 ? [] : syllables.Where(IsAsTyped).Select(syllable => syllable.Fold).ToHashSet(StringComparer.Ordinal);
        var weights = new double[syllables.Count];
        for (var at = 0; at < weights.Length; at++)
        {
            weights[at] = spelt.Contains(syllables[at].Fold) && !IsAsTyped(syllables[at]) ? 0 : Math.Max(WeightOf(syllables[at].Fold), at < repaired.Length ? WeightOf(repaired[at]) : 0);
        }

        WeighPhrases(syllables, repaired, weights);

        // A lone "và" or "của" is no match worth showing.
        var least = Math.Max(weights.Max() * LeastShare, double.Epsilon);
        var from = weights.Length <= most ? 0 : BestWindow(weights, least);
        var to = weights.Length <= most ? weights.Length : Math.Min(weights.Length, from + most);
        var segments = new List<SnippetSegment>();
        var cursor = from == 0 ? 0 : syllables[from].Start;
        Append(segments, from == 0 ? "" : "… ", false);
        for (var at = from; at < to; at++)
        {
            if (weights[at] < least)
            {
                continue;
            }

            // The blank between two matches belongs to the match.
            var (start, length) = (syllables[at].Start, syllables[at].Length);
            Append(segments, text[cursor..start], at > from && weights[at - 1] >= least && string.IsNullOrWhiteSpace(text[cursor..start]));
            Append(segments, text.Substring(start, length), true);
            cursor = start + length;
        }

        Append(segments, text[cursor..(to == weights.Length ? text.Length : syllables[to - 1].Start + syllables[to - 1].Length)], false);
        Append(segments, to == weights.Length ? "" : " …", false);
        return segments;
    }

    private void WeighPhrases(List<Syllable> syllables, string[] repaired, double[] weights)
    {
        for (var at = 0; _phrases.Count > 0 && at < weights.Length; at++)
        {
            var fold = at < repaired.Length && _phrases.Contains(repaired[at]) ? repaired[at] : syllables[at].Fold;
            foreach (var phrase in _phrases[fold].Where(phrase => Stands(phrase, syllables, repaired, at)))
            {
                foreach (ref var weight in weights.AsSpan(at, phrase.Length))
                {
                    weight = Math.Max(weight, _heaviest * WorthMarking);
                }
            }
        }
    }

    private static bool Stands(QueryTerm[] phrase, List<Syllable> syllables, string[] repaired, int from)
    {
        for (var at = 0; at < phrase.Length; at++)
        {
            var (wanted, place) = (phrase[at], from + at);
            if (place >= syllables.Count || !((place < repaired.Length && repaired[place] == wanted.Fold) || IsWritten(syllables[place], wanted)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a word of a text is that of a phrase: with its marks, or one of them without any.</summary>
    private static bool IsWritten(Syllable syllable, QueryTerm wanted) =>
        syllable.Fold == wanted.Fold && (syllable.Key == wanted.Key || !syllable.IsMarked || wanted.Key == wanted.Fold);

    /// <summary>What each word counts. A word that stands everywhere is marked all the same when it was asked for, unless it is a mere "và" or "của".</summary>
    private static Dictionary<string, double> WeighFolds(QueryPlan plan)
    {
        var heaviest = Heaviest(plan);
        return plan.Readings
            .SelectMany(reading => reading.Terms.Select((term, at) => (Term: plan.Terms[term], Weight: reading.SyllableWeights[at])).Where((_, at) => at < reading.Phrase.Start.Value || at >= reading.Phrase.End.Value))
            .Select(pair => (pair.Term.Fold, Weight: QueryPlanner.IsStopWord(pair.Term.Key) ? Math.Min(pair.Weight, heaviest * LeastShare * .9) : Math.Max(pair.Weight, heaviest * WorthMarking)))
            .Concat(plan.NearWords.Select(near => (Fold: near.Key, Weight: heaviest * WorthMarking)))
            .GroupBy(pair => pair.Fold, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Max(pair => pair.Weight), StringComparer.Ordinal);
    }

    private static double Heaviest(QueryPlan plan) => plan.Readings.SelectMany(reading => reading.SyllableWeights).DefaultIfEmpty().Max();

    private bool IsAsTyped(Syllable syllable) => _spellings[syllable.Fold].Contains(syllable.Key);

    private double WeightOf(string fold) => _weights.GetValueOrDefault(fold);

    /// <summary>Where the window with the most weight begins; neighbours that both match count more.</summary>
    private static int BestWindow(double[] weights, double least)
    {
        var worth = weights.Select((weight, at) => weight < least ? 0 : weight + (at > 0 && weights[at - 1] >= least ? weight : 0)).ToArray();
        var sum = worth[..(Syllables - Before)].Sum();
        var (best, bestAt) = (sum, 0);
        for (var at = 1; at + Syllables - Before <= worth.Length; at++)
        {
            sum += worth[at + Syllables - Before - 1] - worth[at - 1];
            if (sum > best + 1e-9)
            {
                (best, bestAt) = (sum, at);
            }
        }

        if (best == 0)
        {
            return 0;
        }

        // Some words before the first match, so that it can be read.
        while (worth[bestAt] == 0)
        {
            bestAt++;
        }

        return Math.Clamp(bestAt - Before, 0, weights.Length - Syllables);
    }

    private static void Append(List<SnippetSegment> segments, string text, bool isMatch)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (segments.Count > 0 && segments[^1].IsMatch == isMatch)
        {
            segments[^1] = new(segments[^1].Text + text, isMatch);
        }
        else
        {
            segments.Add(new(text, isMatch));
        }
    }
}
