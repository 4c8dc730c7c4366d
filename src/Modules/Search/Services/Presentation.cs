using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Turns ranked documents into what a reader sees: marked snippets, and the suggestion in proper Vietnamese spelling.</summary>
internal sealed class Presentation(QueryPlan plan, IReadOnlyDictionary<int, HitDetails> details)
{
    private readonly SnippetMaker _snippets = new(plan);

    /// <summary>A hit; null when it was taken out a moment ago.</summary>
    public SearchHit? Show(RankedPassage hit) => details.TryGetValue(hit.Id, out var shown)
        ? new(
            shown.SourceId,
            hit.Kind,
            _snippets.MarkAll(shown.Title),
            _snippets.Make(shown.Text, shown.Reading, shown.TitleLength),
            shown.Page is { } page ? $"{shown.Url}?page={page}" : shown.Url,
            hit.Topic,
            shown.Source,
            Math.Round(hit.Score, 4),
            shown.Page)
        : null;

    /// <summary>What was probably meant; null unless the corrected reading is what found the best hit (or nothing was found at all).</summary>
    /// <param name="bestVia">How the best hit was found; null without hits.</param>
    public string? Suggest(ReadingKind? bestVia)
    {
        if (bestVia is not (null or ReadingKind.Correction) || plan.Readings.FirstOrDefault(reading => reading.Kind == ReadingKind.Correction) is not { } corrected)
        {
            return null;
        }

        var spellings = Spellings();
        return string.Join(' ', corrected.Terms.Select(term => spellings.GetValueOrDefault(plan.Terms[term].Fold, plan.Terms[term].Fold)));
    }

    /// <summary>How the hits, which the reader may see, write the syllables of the query: the spelling used most often.</summary>
    private Dictionary<string, string> Spellings()
    {
        var folds = plan.Terms.Select(term => term.Fold).ToHashSet(StringComparer.Ordinal);
        return details.Values
            .Where(passage => passage.Reading is null)
            .SelectMany(passage => SyllableReader.Read(passage.Text)
                .Where(syllable => folds.Contains(syllable.Fold))
                .Select(syllable => (syllable.Fold, Spelling: passage.Text.Substring(syllable.Start, syllable.Length).ToLowerInvariant())))
            .CountBy(pair => pair)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.Spelling, StringComparer.Ordinal)
            .DistinctBy(pair => pair.Key.Fold)
            .ToDictionary(pair => pair.Key.Fold, pair => pair.Key.Spelling, StringComparer.Ordinal);
    }
}
