using System.Net;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>Each module that nothing else needs can be switched off; the others go on.</summary>
public sealed class SwitchedOffTests
{
    private static readonly string[] Pages = ["/today", "/me", "/units", "/units/03646", "/teams/T-03646-SYN-042", "/people/SL-000210", "/courses", "/courses/giu-an-toan", "/sessions", "/sessions/TH-2022-09-14/questions", "/library", "/search?q=mat+khau", "/reports", "/messages", "/me/notices", "/health/ready"];

    [Theory]
    [InlineData("/jobs", "Jobs")]
    [InlineData("/library", "Library")]
    [InlineData("/messages", "Notifications")]
    [InlineData("/reports", "Reports")]
    [InlineData("/search", "Search")]
    [InlineData("/sessions", "Sessions")]
    [InlineData("/courses", "Courses", "Sessions")]
    [InlineData("/library", "Library", "Reports", "Search", "Notifications", "Jobs", "Sessions", "Courses")]
    public async Task Site_WithoutModules_RunsTheRest(string gone, params string[] disabled)
    {
        await using var site = new SiteWithout(disabled);
        await site.InitializeAsync();

        Assert.Equal(HttpStatusCode.OK, (await site.CreateClient().GetAsync("/")).StatusCode);
        foreach (var user in new[] { "so.organizer", "to.truong", "member" })
        {
            var client = await site.SignInAsync(user);
            foreach (var page in Pages)
            {
                var answer = await client.GetAsync(page);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{user} {page}: {(int)answer.StatusCode} without {string.Join(", ", disabled)}");
            }

            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(gone)).StatusCode);
            Assert.Empty((await client.GetPageAsync("/today")).QuerySelectorAll($"nav a[href='{gone}']"));
        }
    }

    /// <summary>A site on SQLite without some modules.</summary>
    private sealed class SiteWithout(string[] disabled) : SqliteSite
    {
        protected override IEnumerable<(string Key, string Value)> Settings() => disabled.Select((id, index) => ($"Site:DisabledFeatures:{index}", id));
    }
}
