using TrainingSite.Search.Text;

namespace TrainingSite.Search.Models;

/// <summary>A question of a reader.</summary>
/// <param name="Text">What they typed.</param>
public sealed record SearchQuery(string Text)
{
    /// <summary>Longest text that is taken.</summary>
    public const int MaxLength = 200;

    /// <summary>Most hits at once.</summary>
    public const int MaxTake = 100;

    /// <summary>Only this kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>Only this topic; null for all.</summary>
    public string? Topic { get; init; }

    /// <summary>Hits wanted.</summary>
    public int Take { get; init; } = 20;

    /// <summary>Hits to leave out.</summary>
    public int Skip { get; init; }
}

/// <summary>The answer.</summary>
/// <param name="Total">Documents found. Searching stops at the best 120 passages, so it never exceeds that.</param>
/// <param name="Suggestion">"Có phải bạn tìm": what was probably meant; null when the query is understood.</param>
/// <param name="Hits">The hits asked for, best first, one for each document.</param>
/// <param name="Kinds">How many of each kind, whatever kind was asked for.</param>
/// <param name="Topics">How many of each topic, whatever topic was asked for.</param>
public sealed record SearchResult(int Total, string? Suggestion, IReadOnlyList<SearchHit> Hits, IReadOnlyList<SearchFacet> Kinds, IReadOnlyList<SearchFacet> Topics)
{
    /// <summary>Nothing was asked.</summary>
    public static readonly SearchResult Empty = new(0, null, [], [], []);

    /// <summary>
    /// Whether nothing was found, or only by a guess at what was meant, or only scattered words of it: a question of usual words finds something
    /// always. For the first page of an answer.
    /// </summary>
    public bool IsMiss => Total == 0 || Suggestion is not null || Hits is [{ Score: < WeakScore }, ..];

    /// <summary>Below this the best hit holds a word or two of the query and not what was meant; what is found lies above .35.</summary>
    private const double WeakScore = .3;
}

/// <summary>One document found.</summary>
/// <param name="Id">Key of the thing in its module.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Its title, in pieces.</param>
/// <param name="Snippet">The part that matches best, in pieces. Plain text: encode it.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Topic">Its topic, or null.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Score">How well it matches; only meaningful against the other hits.</param>
/// <param name="Page">Page of the document that the snippet stands on; <paramref name="Url"/> leads there. Null without pages.</param>
public sealed record SearchHit(
    Guid Id, string Kind, IReadOnlyList<SnippetSegment> Title, IReadOnlyList<SnippetSegment> Snippet, string Url, string? Topic, string Source, double Score, int? Page = null);

/// <summary>A value to narrow the search by.</summary>
/// <param name="Value">Kind or topic code.</param>
/// <param name="Count">Documents found that have it.</param>
public sealed record SearchFacet(string Value, int Count);
