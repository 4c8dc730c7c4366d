using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.SiteTests.Search;

/// <summary>What tests of searching do with a site: fill the index, and search as somebody.</summary>
internal static class SearchSite
{
    public static SearchDocument Document(string title, string text, string kind = "lesson", string? topic = null) =>
        new(kind, Guid.CreateVersion7(), title, text, $"/courses/test/{Guid.NewGuid():N}") { Topic = topic, Source = "Khóa học thử" };

    public static async Task<SearchDocument> PutAsync(this SiteFixture site, SearchDocument document)
    {
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<SearchIndex>().PutAsync([document]);
            return true;
        });
        return document;
    }

    /// <summary>Searches as somebody with these grants (<c>Role|path</c>); null is an anonymous reader.</summary>
    public static Task<SearchResult> SearchAsync(this SiteFixture site, string text, string[]? grants = null, string? kind = null, string? topic = null) => site.WithAsync(async services =>
    {
        var reader = services.GetRequiredService<CurrentUser>();
        reader.Read(new ClaimsPrincipal(grants is null
            ? new ClaimsIdentity()
            : new ClaimsIdentity([new(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), .. grants.Select(grant => new Claim(CurrentUser.GrantClaim, grant))], "test")));
        var result = await services.GetRequiredService<SearchService>().SearchAsync(new(text) { Kind = kind, Topic = topic }, reader);
        Assert.True(result.Succeeded);
        return result.Value!;
    });

    public static string[] Titles(this SearchResult result) => [.. result.Hits.Select(hit => hit.Title.ToText())];

    public static string ToText(this IEnumerable<SnippetSegment> segments) => string.Concat(segments.Select(segment => segment.Text));
}
