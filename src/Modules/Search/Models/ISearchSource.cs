namespace TrainingSite.Search.Models;

/// <summary>
/// A kind of thing that can be found. The module that owns it contributes one class (in its <c>Search/</c> folder) and tells
/// <see cref="Services.SearchIndex"/> of each change in the transaction of the change.
/// </summary>
public interface ISearchSource
{
    /// <summary>The kind, as the <c>kind</c> parameter names it: <c>lesson</c>, <c>course</c>, <c>session</c>, <c>document</c>, <c>app</c>.</summary>
    string Kind { get; }

    /// <summary>The kind's name for people, in Vietnamese.</summary>
    string Title { get; }

    /// <summary>Everything that should be found, for building the index anew.</summary>
    IAsyncEnumerable<SearchDocument> GetAllAsync(CancellationToken cancellationToken);
}

/// <summary>Who may find a document.</summary>
public enum SearchVisibility
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Whoever is signed in.</summary>
    SignedIn,

    /// <summary>Those whose rights reach the document's unit, and those who belong to its subtree.</summary>
    Unit,
}

/// <summary>Something that can be found. Long texts are cut into passages by the index.</summary>
/// <param name="Kind">Kind of its source.</param>
/// <param name="Id">Key of the thing.</param>
/// <param name="Title">What a hit is headed with.</param>
/// <param name="Text">Plain text, no markup.</param>
/// <param name="Url">Where a hit leads.</param>
public sealed record SearchDocument(string Kind, Guid Id, string Title, string Text, string Url)
{
    /// <summary>
    /// The text page by page, for what has pages: a hit then leads to the page, by <c>?page=</c> after <see cref="Url"/>. <see cref="Text"/>
    /// stands before the first page. Empty when there are no pages.
    /// </summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Topic code, T1 to T10; null when it has none.</summary>
    public string? Topic { get; init; }

    /// <summary>Who may find it.</summary>
    public SearchVisibility Visibility { get; init; } = SearchVisibility.Public;

    /// <summary>Path of the unit it belongs to; null for the whole.</summary>
    public string? UnitPath { get; init; }

    /// <summary>Where it comes from, shown under a hit: "Khóa học An toàn trên mạng", "UBND tỉnh, 12/03/2023".</summary>
    public string Source { get; init; } = "";
}
