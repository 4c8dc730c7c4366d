using TrainingSite.Search.Models;

namespace TrainingSite.Search.Services;

/// <summary>
/// What a reader may find, in the two forms that trimming needs: tokens that PostgreSQL's index is asked with, so that nothing else is even
/// fetched, and a check of each document before it counts and before it is shown (R56).
/// </summary>
internal sealed class ReaderScope
{
    /// <summary>Marks what everybody may see.</summary>
    public const string Public = "@public";

    private const string SignedIn = "@member";

    private readonly bool _isSignedIn;
    private readonly IReadOnlyList<string> _paths;

    private ReaderScope(bool seesEverything, bool isSignedIn, IReadOnlyList<string> paths)
    {
        (SeesEverything, _isSignedIn, _paths) = (seesEverything, isSignedIn, paths);
        Tokens =
        [
            Public,
            .. isSignedIn ? [SignedIn] : Array.Empty<string>(),
            .. paths.Select(Under),
            .. paths.SelectMany(PathAndAbove).Distinct().Select(Own),
        ];
    }

    /// <summary>Whether nothing is hidden: whoever has a right over the whole tree, and the system itself.</summary>
    public bool SeesEverything { get; }

    /// <summary>A document is found when it holds one of these.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The scope of a reader.</summary>
    public static ReaderScope Of(CurrentUser reader) => new(
        reader.ScopeOf(Permissions.ManageSearch).IsEverything || reader.Grants.Any(grant => grant.Path.Length == 0),
        reader.IsAuthenticated,
        [.. reader.Grants.Select(grant => grant.Path).Distinct()]);

    /// <summary>What a document is marked with: who may see it, and the facets it can be asked by.</summary>
    public static IEnumerable<string> TokensOf(SearchDocument document)
    {
        yield return KindToken(document.Kind);
        if (document.Topic is { Length: > 0 } topic)
        {
            yield return TopicToken(topic);
        }

        switch (document.Visibility)
        {
            case SearchVisibility.Public:
                yield return Public;
                break;
            case SearchVisibility.SignedIn:
                yield return SignedIn;
                break;
            case SearchVisibility.Unit:
                var path = document.UnitPath ?? "";
                yield return Own(path);
                foreach (var above in PathAndAbove(path))
                {
                    yield return Under(above);
                }

                break;
        }
    }

    /// <summary>Marks the documents of one kind.</summary>
    public static string KindToken(string kind) => "@kind." + Safe(kind);

    /// <summary>Marks the documents of one topic.</summary>
    public static string TopicToken(string topic) => "@topic." + Safe(topic);

    /// <summary>Whether the reader may see a document.</summary>
    public bool Allows(SearchVisibility visibility, string? unitPath) => SeesEverything || visibility switch
    {
        SearchVisibility.Public => true,
        SearchVisibility.SignedIn => _isSignedIn,
        SearchVisibility.Unit => _paths.Any(path =>
            (unitPath ?? "").StartsWith(path, StringComparison.Ordinal) || path.StartsWith(unitPath ?? "", StringComparison.Ordinal)),
    };

    private static string Under(string path) => "@under." + Safe(path);

    private static string Own(string path) => "@own." + Safe(path);

    /// <summary>"14/116/" gives "14/116/", "14/" and "".</summary>
    private static IEnumerable<string> PathAndAbove(string path)
    {
        for (; path.Length > 0; path = path[..(path.TrimEnd('/').LastIndexOf('/') + 1)])
        {
            yield return path;
        }

        yield return "";
    }

    /// <summary>Tokens hold nothing that a query language could take for its own.</summary>
    private static string Safe(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '.'));
}
