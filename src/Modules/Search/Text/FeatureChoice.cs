using System.Runtime.InteropServices;

namespace TrainingSite.Search.Text;

/// <summary>Chooses what to read from the index: the rarest features first, until the budget is spent.</summary>
internal sealed class FeatureChoice(
    LanguageStatistics statistics,
    IReadOnlyList<QueryTerm> terms,
    IReadOnlyList<QueryReading> readings,
    IReadOnlyDictionary<string, int> nearWords)
{
    private const int MostLookups = 40;
    private const int MostSynonymLookups = 12;
    private const float WeightOfAll = 5;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _synonyms = new(StringComparer.Ordinal);

    /// <summary>The lookups, rarest first; those that only synonyms need stand at the end.</summary>
    public List<FeatureLookup> Choose()
    {
        foreach (var reading in readings)
        {
            AddReading(reading);
        }

        foreach (var (word, term) in nearWords)
        {
            Add(_weights, word, Scoring.SyllableShare * Scoring.NearWord * (SyllableShape.IsSyllable(terms[term].Fold) ? .5 : 1));
        }

        var rarestFirst = RarestFirst(_weights);
        var lookups = Take(rarestFirst, atLeast: 2, MostLookups, Scoring.PostingsBudget);
        if (rarestFirst.Count > 0 && rarestFirst[0].Passages > Scoring.PostingsBudget)
        {
            lookups = AskForAll(lookups);
        }

        // Synonyms have a budget of their own: they take no place from what was typed.
        var further = RarestFirst(_synonyms).FindAll(feature => !_weights.ContainsKey(feature.Feature));
        return [.. lookups, .. Take(further, atLeast: 1, MostSynonymLookups, Scoring.SynonymBudget)];
    }

    private List<(string Feature, float Weight, int Passages)> RarestFirst(Dictionary<string, double> weights) =>
        [.. weights
            .Select(pair => (Feature: pair.Key, Weight: (float)pair.Value, Passages: Passages(pair.Key)))
            .OrderBy(feature => feature.Passages).ThenBy(feature => feature.Feature, StringComparer.Ordinal)];

    private static List<FeatureLookup> Take(List<(string Feature, float Weight, int Passages)> rarestFirst, int atLeast, int most, int budget)
    {
        var lookups = new List<FeatureLookup>();
        var spent = 0L;
        foreach (var (feature, weight, passages) in rarestFirst)
        {
            if (lookups.Count == most || (lookups.Count >= atLeast && spent + passages > budget))
            {
                break;
            }

            lookups.Add(new([feature], weight));
            spent += Math.Min(passages, Scoring.PostingsBudget);
        }

        return lookups;
    }

    /// <summary>Even the rarest is common: ask first for passages that hold everything.</summary>
    private List<FeatureLookup> AskForAll(List<FeatureLookup> lookups)
    {
        var everything = new HashSet<string>(StringComparer.Ordinal);
        AddFeatures(readings[0], (feature, _) =>
        {
            if (Passages(feature) > 0)
            {
                everything.Add(feature);
            }
        });
        return [new([.. everything], WeightOfAll, IsForAll: true), .. lookups.Take(2)];
    }

    private void AddReading(QueryReading reading)
    {
        var weights = reading.Kind == ReadingKind.Synonym ? _synonyms : _weights;
        AddFeatures(reading, (feature, share) => Add(weights, feature, reading.Weight * share));
    }

    private void AddFeatures(QueryReading reading, Action<string, double> add)
    {
        for (var at = 0; at < reading.Terms.Length; at++)
        {
            var fold = terms[reading.Terms[at]].Fold;
            add(fold, Scoring.SyllableShare);
            if (at + 1 < reading.Terms.Length)
            {
                add($"{fold}_{terms[reading.Terms[at + 1]].Fold}", Scoring.PairShare);
            }
        }
    }

    /// <summary>A feature that the statistics do not know is asked for all the same: it may be in a passage written a moment ago.</summary>
    private void Add(Dictionary<string, double> weights, string feature, double share)
    {
        ref var weight = ref CollectionsMarshal.GetValueRefOrAddDefault(weights, feature, out _);
        weight = Math.Max(weight, share * statistics.Weight(feature));
    }

    private int Passages(string feature) => statistics.CountOf(feature).Passages;
}
