using System.Collections.Frozen;

namespace TrainingSite.Search.Text;

/// <summary>Reads a query: as typed, with abbreviations spelt out or made, with slips corrected, with synonyms; and decides what to ask the database.</summary>
internal sealed class QueryPlanner(LanguageStatistics statistics, QueryWords words)
{
    private const int MostSyllables = 24;

    /// <summary>How much more usual the Telex reading must be than the typed letters.</summary>
    private const int TelexMustBeMoreUsual = 20;

    /// <summary>Weigh little in a question.</summary>
    private static readonly FrozenSet<string> StopWords = SyllableReader.Read(
        "và của là những các gì nào ai ở tại cho khi có được thì mà để với từ đến như thế này đó trong trên bằng do bị đã đang sẽ rất cần phải "
        + "không hay hoặc về làm sao ra vào theo cùng cua nhung cac gi nao va voi nhu the").Select(syllable => syllable.Key).ToFrozenSet();

    private readonly List<QueryTerm> _terms = [];
    private readonly Dictionary<string, int> _termOfKey = new(StringComparer.Ordinal);
    private readonly List<QueryReading> _readings = [];

    /// <summary>Whether a key weighs little in a question.</summary>
    public static bool IsStopWord(string key) => StopWords.Contains(key);

    /// <summary>Plans one query. A planner serves one query only.</summary>
    public QueryPlan Plan(string query)
    {
        var typed = SyllableReader.Read(query);
        if (typed.Count == 0)
        {
            return QueryPlan.Empty;
        }

        typed = [.. typed.Take(MostSyllables).Select(DecodeTelex)];
        AddReading(ReadingKind.Typed, 1, typed);
        var spelt = words.Abbreviations.SpellOut(typed);
        var shortened = words.Abbreviations.Abbreviate(typed);
        AddReading(ReadingKind.Abbreviation, 1, spelt);
        AddReading(ReadingKind.Abbreviation, 1, shortened);
        AddReading(ReadingKind.Correction, Scoring.CorrectionWeight, Correct(spelt ?? typed));
        // Bad readings are looked for of what was typed, not of its synonyms too.
        var near = NearWords.Find(_terms, statistics);
        foreach (var synonym in Synonyms(typed, spelt, shortened))
        {
            AddReading(ReadingKind.Synonym, Scoring.SynonymWeight, synonym.Query, synonym.Phrase);
        }

        return new(_terms, _readings, near, new FeatureChoice(statistics, _terms, _readings, near).Choose());
    }

    private IEnumerable<Replacement> Synonyms(params IEnumerable<List<Syllable>?> queries) =>
        queries.OfType<List<Syllable>>().SelectMany(words.Synonyms.Replace)
            .DistinctBy(synonym => string.Join(' ', synonym.Query.Select(syllable => syllable.Key)), StringComparer.Ordinal)
            .Take(Scoring.MostSynonyms);

    private Syllable DecodeTelex(Syllable typed) =>
        !typed.IsMarked && Telex.Decode(typed) is { } meant
        && (long)statistics.CountOf(typed.Fold).Known * TelexMustBeMoreUsual < statistics.CountOf(meant.Fold).Known
            ? meant
            : typed;

    /// <summary>"Did you mean": only when a syllable, or two neighbours, are unknown.</summary>
    private List<Syllable>? Correct(List<Syllable> query)
    {
        if (!HasUnknown(query))
        {
            return null;
        }

        var folds = query.ConvertAll(syllable => syllable.Fold);
        var corrected = new TextRepair(statistics, RepairStyle.Typed).Repair(folds);
        return corrected.SequenceEqual(folds)
            ? null
            : [.. corrected.Select((fold, at) => fold == folds[at] ? query[at] : new Syllable(fold, fold, query[at].Start, query[at].Length))];
    }

    private bool HasUnknown(List<Syllable> query)
    {
        for (var at = 0; at < query.Count; at++)
        {
            if (query[at].IsNumber)
            {
                continue;
            }

            if (statistics.CountOf(query[at].Fold).Known == 0
                || (at > 0 && !query[at - 1].IsNumber && statistics.CountOf(query[at - 1].Fold, query[at].Fold).Known == 0))
            {
                return true;
            }
        }

        return false;
    }

    private void AddReading(ReadingKind kind, double weight, List<Syllable>? syllables, Range phrase = default)
    {
        if (syllables is null)
        {
            return;
        }

        var terms = syllables.Select(syllable => TermOf(syllable.Key, syllable.Fold)).ToArray();
        if (_readings.Exists(reading => reading.Terms.AsSpan().SequenceEqual(terms)))
        {
            return;
        }

        var singles = new double[terms.Length];
        var pairs = new double[Math.Max(0, terms.Length - 1)];
        for (var at = 0; at < terms.Length; at++)
        {
            var (key, fold) = _terms[terms[at]];
            singles[at] = WeightOf(fold, StopWords.Contains(key));
            if (at + 1 < terms.Length)
            {
                var next = _terms[terms[at + 1]];
                pairs[at] = WeightOf($"{fold}_{next.Fold}", StopWords.Contains(key) || StopWords.Contains(next.Key));
            }
        }

        _readings.Add(new(kind, weight, terms, singles, pairs) { Phrase = phrase });
    }

    private double WeightOf(string feature, bool isStopWord) =>
        Math.Max(.05, statistics.Weight(feature)) * (isStopWord ? Scoring.StopWordWeight : 1);

    private int TermOf(string key, string fold)
    {
        if (!_termOfKey.TryGetValue(key, out var term))
        {
            _termOfKey[key] = term = _terms.Count;
            _terms.Add(new(key, fold));
        }

        return term;
    }
}
