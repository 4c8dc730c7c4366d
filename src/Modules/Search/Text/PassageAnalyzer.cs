namespace TrainingSite.Search.Text;

/// <summary>What the index keeps of a passage.</summary>
/// <param name="Keys">Keys of all syllables, those of the title first, one blank apart.</param>
/// <param name="Reading">Null for clean text. Else marks say nothing: the repaired folds of damaged text, as many as the keys; empty
/// for text that was typed without marks.</param>
/// <param name="TitleLength">How many of the syllables are the title's.</param>
/// <param name="Features">Folds and pairs, raw and repaired, each once.</param>
internal sealed record AnalyzedPassage(string Keys, string? Reading, int TitleLength, IReadOnlyCollection<string> Features)
{
    /// <summary>How many syllables there are.</summary>
    public int Length => Keys.Length == 0 ? 0 : Keys.AsSpan().Count(' ') + 1;

    /// <summary>Whether the text is as its author wrote it.</summary>
    public bool IsClean => string.IsNullOrEmpty(Reading);

    /// <summary>The features of a stored passage.</summary>
    public static IReadOnlyCollection<string> FeaturesOf(string keys, string? reading)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        AddFeatures([.. keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Syllable.FoldOf)], features);
        if (!string.IsNullOrEmpty(reading))
        {
            AddFeatures(reading.Split(' '), features);
        }

        return features;
    }

    internal static void AddFeatures(IReadOnlyList<string> folds, HashSet<string> features)
    {
        const int LongestFeature = 40;
        for (var at = 0; at < folds.Count; at++)
        {
            if (folds[at].Length <= LongestFeature)
            {
                features.Add(folds[at]);
            }

            if (at > 0 && folds[at - 1].Length + folds[at].Length < LongestFeature)
            {
                features.Add($"{folds[at - 1]}_{folds[at]}");
            }
        }
    }
}

/// <summary>Turns a passage into what the index keeps.</summary>
internal sealed class PassageAnalyzer(LanguageStatistics statistics)
{
    /// <summary>Grows when the same text would give other keys or features; the index is then built anew.</summary>
    public const int Version = 2;

    private const double DamagedFrom = .08;
    private const double MarkedWhenHealthy = .6;
    private const double MarkedWhenTypedWithMarks = .2;
    private const int TooShortToJudge = 8;

    private readonly TextRepair _repair = new(statistics, RepairStyle.Scan);

    /// <summary>Analyses one passage.</summary>
    public AnalyzedPassage Analyze(string title, string text)
    {
        var syllables = SyllableReader.Read(title);
        var titleLength = syllables.Count;
        var body = SyllableReader.Read(text);
        syllables.AddRange(body);
        var folds = syllables.ConvertAll(syllable => syllable.Fold);
        var features = new HashSet<string>(StringComparer.Ordinal);
        AnalyzedPassage.AddFeatures(folds, features);
        string? reading = null;
        var marked = body.Count(syllable => syllable.IsMarked);
        if (IsDamaged(body, marked))
        {
            var repaired = _repair.Repair(folds);
            AnalyzedPassage.AddFeatures(repaired, features);
            reading = string.Join(' ', repaired);
        }
        else if (body.Count > 0 && marked < MarkedWhenTypedWithMarks * body.Count)
        {
            reading = "";
        }

        return new(string.Join(' ', syllables.Select(syllable => syllable.Key)), reading, titleLength, features);
    }

    /// <summary>A scan read badly: many words that are no syllables, and few marks. (Clean text full of foreign words keeps its marks.)</summary>
    private static bool IsDamaged(List<Syllable> body, int marked)
    {
        if (body.Count <= TooShortToJudge)
        {
            return false;
        }

        var words = body.Where(syllable => !syllable.Fold.All(char.IsAsciiDigit)).ToList();
        var strange = words.Count(syllable => !SyllableShape.IsSyllable(syllable.Fold));
        return strange > 0 && strange >= DamagedFrom * words.Count && marked < MarkedWhenHealthy * body.Count(syllable => !syllable.IsNumber);
    }
}
