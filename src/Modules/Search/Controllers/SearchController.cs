using Microsoft.AspNetCore.Mvc;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Controllers;

/// <summary>The page where everybody searches.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class SearchController(SearchService search, TitleSuggestions suggestions, MissRecorder misses, CurrentUser reader, IEnumerable<ISearchSource> sources, IEnumerable<ISearchTopics> topics) : Controller
{
    private const int HitsPerPage = 10;

    [HttpGet("search")]
    public async Task<IActionResult> Index(string? q, string? kind, string? topic, int page = 1, CancellationToken cancellationToken = default)
    {
        page = Math.Clamp(page, 1, 1000);
        var (text, filter, about) = ((q ?? "").Trim(), Filter(kind), Filter(topic));
        var query = new SearchQuery(text) { Kind = filter, Topic = about, Take = HitsPerPage, Skip = (page - 1) * HitsPerPage };
        var result = await search.SearchAsync(query, reader, cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var offered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in topics)
        {
            foreach (var (code, name) in await source.GetNamesAsync(cancellationToken))
            {
                names[code] = name;
            }

            offered.UnionWith(await source.GetOfferedAsync(reader, cancellationToken));
        }

        if (!result.Succeeded)
        {
            Response.StatusCode = 400;
        }

        var found = result.Value ?? SearchResult.Empty;
        if (result.Succeeded && found.IsMiss && page == 1 && filter is null && about is null)
        {
            misses.Note(text, reader);
        }

        return View(new SearchPage(
            text.Length > SearchQuery.MaxLength ? text[..SearchQuery.MaxLength] : text,
            filter,
            about,
            found,
            new Page<SearchHit>(found.Hits, found.Total, page, HitsPerPage),
            result.Succeeded ? null : result.Faults[0].Message,
            sources.DistinctBy(source => source.Kind).ToDictionary(source => source.Kind, source => source.Title, StringComparer.Ordinal),
            names)
        {
            Topics = [.. found.Topics.Where(facet => facet.Value == about || offered.Contains(facet.Value) || !names.ContainsKey(facet.Value))],
        });
    }

    /// <summary>What could be meant by what was typed so far; the boxes of every page ask for it.</summary>
    [HttpGet("search/suggest")]
    public async Task<IActionResult> Suggest(string? q, CancellationToken cancellationToken) =>
        Json(q is { Length: <= SearchQuery.MaxLength } typed ? await suggestions.FindAsync(typed, reader, cancellationToken) : []);

    private static string? Filter(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>What the page shows.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="Kind">Only this kind, or null.</param>
/// <param name="Topic">Only this topic, or null.</param>
/// <param name="Found">The answer.</param>
/// <param name="Page">The part of the hits on this page.</param>
/// <param name="Problem">Why there is no answer; null when there is one.</param>
/// <param name="KindNames">Names of the kinds.</param>
/// <param name="TopicNames">Names of the topics.</param>
public sealed record SearchPage(
    string Text,
    string? Kind,
    string? Topic,
    SearchResult Found,
    Page<SearchHit> Page,
    string? Problem,
    IReadOnlyDictionary<string, string> KindNames,
    IReadOnlyDictionary<string, string> TopicNames)
{
    /// <summary>The topics to narrow the answer down by: those on offer, and the chosen one.</summary>
    public required IReadOnlyList<SearchFacet> Topics { get; init; }

    /// <summary>The kind's name for people.</summary>
    public string NameOfKind(string kind) => KindNames.GetValueOrDefault(kind, kind);

    /// <summary>The topic's name for people.</summary>
    public string NameOfTopic(string topic) => TopicNames.GetValueOrDefault(topic, topic);
}
