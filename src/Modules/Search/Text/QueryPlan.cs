namespace TrainingSite.Search.Text;

/// <summary>How a reading of the query came about.</summary>
internal enum ReadingKind
{
    /// <summary>As it was typed.</summary>
    Typed,

    /// <summary>With an abbreviation spelt out, or a phrase abbreviated.</summary>
    Abbreviation,

    /// <summary>With a slip corrected.</summary>
    Correction,

    /// <summary>With a phrase replaced by another that means the same.</summary>
    Synonym,
}

/// <summary>One distinct syllable over all readings of the query.</summary>
internal readonly record struct QueryTerm(string Key, string Fold);

/// <summary>One way to read the query.</summary>
/// <param name="Kind">How it came about.</param>
/// <param name="Weight">How much a match of it counts.</param>
/// <param name="Terms">Its syllables, as positions in <see cref="QueryPlan.Terms"/>.</param>
/// <param name="SyllableWeights">How much each syllable tells.</param>
/// <param name="PairWeights">How much each two neighbours tell.</param>
internal sealed record QueryReading(ReadingKind Kind, double Weight, int[] Terms, double[] SyllableWeights, double[] PairWeights)
{
    /// <summary>Which of the syllables are a synonym, and not what the reader typed; empty in all other readings.</summary>
    public Range Phrase { get; init; }

    /// <summary>All that a passage could reach.</summary>
    public double Reachable => (Scoring.SyllableShare * SyllableWeights.Sum()) + (Scoring.PairShare * PairWeights.Sum());
}

/// <summary>One question to the database: which passages hold all these features.</summary>
/// <param name="Features">The features; mostly one.</param>
/// <param name="Weight">What holding them is worth for becoming a candidate.</param>
/// <param name="IsForAll">Whether the features are all that was typed: such passages come before all others.</param>
internal readonly record struct FeatureLookup(string[] Features, float Weight, bool IsForAll = false);

/// <summary>What a query means and what to ask the database.</summary>
/// <param name="Terms">Distinct syllables of all readings.</param>
/// <param name="Readings">The readings, the typed one first.</param>
/// <param name="NearWords">Words of the index that may be one of the terms badly read; value = position of the term.</param>
/// <param name="Lookups">The questions, rarest feature first; before them, when only common words were typed, the one for all of them.</param>
internal sealed record QueryPlan(
    IReadOnlyList<QueryTerm> Terms,
    IReadOnlyList<QueryReading> Readings,
    IReadOnlyDictionary<string, int> NearWords,
    IReadOnlyList<FeatureLookup> Lookups)
{
    /// <summary>A query without a single letter or digit.</summary>
    public static readonly QueryPlan Empty = new([], [], new Dictionary<string, int>(), []);
}

/// <summary>The numbers of the one ranking rule, found by search on half of the graded queries; the optimum is flat.</summary>
internal static class Scoring
{
    public const double SyllableShare = .35;
    public const double PairShare = 1;
    public const double CorrectionWeight = .6;

    /// <summary>Below what was typed, above a guess at a slip.</summary>
    public const double SynonymWeight = .7;

    public const double StopWordWeight = .25;
    public const double TitleWeight = 1.3;
    public const double LengthInfluence = .5;
    public const double GappedPair = .25;
    public const double WindowShare = .25;

    public const float OtherMarks = .45f;
    public const float RepairedReading = .9f;
    public const float NearWord = .75f;

    /// <summary>Entries of the index that one query reads, rarest features first.</summary>
    public const int PostingsBudget = 6000;

    /// <summary>Entries that the synonyms of a query may cost beside that.</summary>
    public const int SynonymBudget = 2000;

    /// <summary>Ways to read a query with synonyms; each costs a look at every candidate.</summary>
    public const int MostSynonyms = 8;

    /// <summary>Passages that are ranked.</summary>
    public const int MostCandidates = 120;
}
