using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Api;

/// <summary>Searching for programs: without a token what is public, with one what its account may see.</summary>
public sealed class SearchController(SearchService search, CurrentUser reader) : ApiController
{
    /// <summary>Searches.</summary>
    /// <param name="q">What to find, at most 200 characters.</param>
    /// <param name="kind">Only one kind: lesson, course, session, document, app.</param>
    /// <param name="topic">Only one topic: T1 to T10.</param>
    /// <param name="take">Hits wanted, 1 to 100.</param>
    /// <param name="skip">Hits to leave out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("search")]
    [AllowAnonymous]
    [ProducesResponseType<SearchAnswer>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Search(string? q, string? kind, string? topic, int? take, int? skip, CancellationToken cancellationToken)
    {
        if (Request.Headers.Authorization.Count > 0 && User.Identity is not { IsAuthenticated: true })
        {
            // A wrong token must not silently see less.
            return Challenge(Scheme);
        }

        reader.Read(User);
        var query = new SearchQuery(q ?? "") { Kind = Filter(kind), Topic = Filter(topic), Take = take ?? 20, Skip = skip ?? 0 };
        var result = await search.SearchAsync(query, reader, cancellationToken);
        return result.Succeeded ? Ok(SearchAnswer.Of(result.Value)) : Problem(result.Faults);
    }

    private static string? Filter(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>The answer.</summary>
/// <param name="Total">Documents found (at most 120).</param>
/// <param name="Suggestion">What was probably meant, or null.</param>
/// <param name="Hits">The hits, best first.</param>
public sealed record SearchAnswer(int Total, string? Suggestion, IReadOnlyList<SearchAnswerHit> Hits)
{
    internal static SearchAnswer Of(SearchResult result) => new(result.Total, result.Suggestion, [.. result.Hits.Select(hit => new SearchAnswerHit(
        hit.Id,
        hit.Kind,
        string.Concat(hit.Title.Select(segment => segment.Text)),
        string.Concat(hit.Snippet.Select(segment => segment.Text)),
        [.. Highlights(hit)],
        hit.Url,
        hit.Score,
        hit.Source,
        hit.Page))]);

    private static IEnumerable<SearchHighlight> Highlights(SearchHit hit)
    {
        var start = 0;
        foreach (var segment in hit.Snippet)
        {
            if (segment.IsMatch)
            {
                yield return new(start, segment.Text.Length);
            }

            start += segment.Text.Length;
        }
    }
}

/// <summary>One hit.</summary>
/// <param name="Id">Key of the thing.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Its title.</param>
/// <param name="Snippet">The part that matches best, plain text.</param>
/// <param name="Highlights">Which parts of the snippet match.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Score">How well it matches, against the other hits.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Page">Page of the document that the snippet stands on, or null.</param>
public sealed record SearchAnswerHit(
    Guid Id, string Kind, string Title, string Snippet, IReadOnlyList<SearchHighlight> Highlights, string Url, double Score, string Source, int? Page);

/// <summary>A matching part of a snippet.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">How many characters.</param>
public sealed record SearchHighlight(int Start, int Length);
