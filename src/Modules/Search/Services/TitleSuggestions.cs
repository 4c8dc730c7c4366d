using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>
/// What could be meant by the beginning of a search: titles that hold a word beginning with each word typed, of what the reader may find. All titles stay in
/// memory for a minute; the few that fit are looked at again, because a document may be gone or hidden since.
/// </summary>
public sealed class TitleSuggestions(SiteDbContext db, IMemoryCache cache)
{
    /// <summary>Fewest letters that are worth guessing from.</summary>
    public const int FewestLetters = 2;

    private const int Most = 6;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>The best first. A word with accents is found only as it is written, one without them either way.</summary>
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

        var words = text.Split(' ').Select(word => (Text: word, IsPlain: VietnameseText.Fold(word) == word)).ToArray();
        var scope = ReaderScope.Of(reader);
        var likely = (await TitlesAsync(cancellationToken))
            .Where(title => Array.TrueForAll(words, word => Begins(word.IsPlain ? title.Folded : title.Lower, word.Text)) && scope.Allows(title.Visibility, title.UnitPath))
            .OrderByDescending(title => title.Folded.StartsWith(folded, StringComparison.Ordinal)).ThenBy(title => title.Text.Length).ThenBy(title => title.Text, StringComparer.Ordinal)
            .DistinctBy(title => title.Text).Take(Most).ToList();
        var ids = likely.Select(title => title.Id).ToArray();
        var now = ids.Length == 0 ? [] : await db.IndexedDocuments.AsNoTracking().Where(document => EF.Parameter(ids).Contains(document.Id)).ToDictionaryAsync(document => document.Id, cancellationToken);
        return [.. likely.Where(title => now.TryGetValue(title.Id, out var document) && document.Title == title.Text && scope.Allows(document.Visibility, document.UnitPath)).Select(title => title.Text)];
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

        var rows = await db.IndexedDocuments.AsNoTracking().Select(document => new { document.Id, document.Title, document.Visibility, document.UnitPath }).ToListAsync(cancellationToken);
        return cache.Set(typeof(TitleSuggestions), rows.ConvertAll(row => new KnownTitle(row.Id, row.Title, row.Title.ToLowerInvariant(), VietnameseText.Fold(row.Title), row.Visibility, row.UnitPath)), Kept);
    }

    private sealed record KnownTitle(int Id, string Text, string Lower, string Folded, SearchVisibility Visibility, string? UnitPath);
}
