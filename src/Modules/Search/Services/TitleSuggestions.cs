using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>
/// What could be meant by the beginning of a search: titles that hold a word beginning with each word typed, of what the reader may find. Titles stay in
/// memory for a minute, so that a suggestion costs no more than the line that it takes.
/// </summary>
public sealed class TitleSuggestions(SiteDbContext db, IMemoryCache cache)
{
    /// <summary>Fewest letters that are worth guessing from.</summary>
    public const int FewestLetters = 2;

    private const int Most = 6;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>The best first; with accents typed, only titles that have them.</summary>
    /// <param name="typed">What was typed so far.</param>
    /// <param name="reader">For whom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<string>> FindAsync(string typed, CurrentUser reader, CancellationToken cancellationToken = default)
    {
        var text = VietnameseText.Clean(typed).ToLowerInvariant();
        var folded = VietnameseText.Fold(text);
        if (folded.Length < FewestLetters)
        {
            return [];
        }

        var isPlain = folded == text;
        var words = (isPlain ? folded : text).Split(' ');
        var scope = ReaderScope.Of(reader);
        return [.. (await TitlesAsync(cancellationToken))
            .Where(title => words.All(word => Begins(isPlain ? title.Folded : title.Lower, word)) && scope.Allows(title.Visibility, title.UnitPath))
            .OrderByDescending(title => title.Folded.StartsWith(folded, StringComparison.Ordinal)).ThenBy(title => title.Text.Length).ThenBy(title => title.Text, StringComparer.Ordinal)
            .Select(title => title.Text).Distinct().Take(Most)];
    }

    private static bool Begins(string title, string word)
    {
        for (var at = title.IndexOf(word, StringComparison.Ordinal); at >= 0; at = title.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(title[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<KnownTitle>> TitlesAsync(CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(typeof(TitleSuggestions), out IReadOnlyList<KnownTitle>? known))
        {
            return known!;
        }

        var rows = await db.IndexedDocuments.AsNoTracking().Select(document => new { document.Title, document.Visibility, document.UnitPath }).Distinct().ToListAsync(cancellationToken);
        return cache.Set(typeof(TitleSuggestions), rows.ConvertAll(row => new KnownTitle(row.Title, row.Title.ToLowerInvariant(), VietnameseText.Fold(row.Title), row.Visibility, row.UnitPath)), Kept);
    }

    private sealed record KnownTitle(string Text, string Lower, string Folded, SearchVisibility Visibility, string? UnitPath);
}
