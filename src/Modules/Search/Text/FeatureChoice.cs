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
    private const float WeightOfAll = 5;

    private readonly Dictionary<string, double> _weights = new(StringComparer.Ordinal);

    /// <summary>The lookups, rarest first.</summary>
    public List<FeatureLookup> Choose()
    {
        foreach (var reading in readings)
        {
            AddReading(reading);
        }

        foreach (var (word, term) in nearWords)
        {
            Add(word, Scoring.SyllableShare * Scoring.NearWord * (SyllableShape.IsSyllable(terms[term].Fold) ? .5 : 1));
        }

        var rarestFirst = _weights
            .Select(pair => (Feature: pair.Key, Weight: (float)pair.Value, Passages: Passages(pair.Key)))
            .OrderBy(feature => feature.Passages).ThenBy(feature => feature.Feature, StringComparer.Ordinal)
            .ToList();
        var lookups = new List<FeatureLookup>();
        var spent = 0L;
        foreach (var (feature, weight, passages) in rarestFirst)
        {
            if (lookups.Count == MostLookups || (lookups.Count >= 2 && spent + passages > Scoring.PostingsBudget))
            {
                break;
            }

            lookups.Add(new([feature], weight));
            spent += Math.Min(passages, Scoring.PostingsBudget);
        }

        return rarestFirst.Count > 0 && rarestFirst[0].Passages > Scoring.PostingsBudget ? AskForAll(lookups) : lookups;
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
        return [new([.. everything], WeightOfAll), .. lookups.Take(2)];
    }

    private void AddReading(QueryReading reading) => AddFeatures(reading, (feature, share) => Add(feature, reading.Weight * share));

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
    private void Add(string feature, double share)
    {
        ref var weight = ref CollectionsMarshal.GetValueRefOrAddDefault(_weights, feature, out _);
        weight = Math.Max(weight, share * statistics.Weight(feature));
    }

    private int Passages(string feature) => statistics.CountOf(feature).Passages;
}
