using System.Net;
using static TrainingSite.SiteTests.Sessions.Faults.FaultSiteExtensions;

namespace TrainingSite.SiteTests.Sessions.Faults;

/// <summary>Two processes serve one session from one PostgreSQL.</summary>
public sealed class TwoNodesTests(FaultPostgreSqlSite site) : IClassFixture<FaultPostgreSqlSite>
{
    [Fact]
    public async Task Send_SamePeopleThroughTwoNodes_LosesAndDoublesNothing()
    {
        const int count = 1800;
        var (here, code, people) = await site.OpenNowAsync("F-NODES");
        var marks = Burst.Marks(site.Clock.UtcNow(), people, count);
        // The middle third goes to both, backwards to one of them.
        var (first, second) = (new Burst(code, marks[..(count * 2 / 3)]), new Burst(code, [.. marks[(count / 3)..].AsEnumerable().Reverse()]));
        var (process, there) = await site.StartOtherAsync(here);
        try
        {
            await Task.WhenAll(first.RunAsync(here), second.RunAsync(there)).WaitAsync(Patience);

            // No device had to send anything again.
            Assert.Equal((0, 0), (first.Failures, second.Failures));
            var log = await site.LogAsync(code);
            Assert.Equal(count, log.Count);
            Assert.Equal(marks.Select(mark => (Guid)mark["id"]!).Order(), log.Order());
            Assert.Equal(count, first.Acknowledged.Values.Concat(second.Acknowledged.Values).Count(outcome => outcome != "duplicate"));
            await site.AssertLogTellsEverythingAsync(code);

            await CloseAtThisNodeAsync(code);
            // Later than a node's clock can be by now, so that no device may claim that it was without signal.
            var late = Mark(people[0], TimeProvider.System.UtcNow().AddMinutes(1));
            Assert.Equal(("rejected", "sheet_closed"), await there.SendOneAsync(code, late));
            Assert.Equal(("rejected", "sheet_closed"), await here.SendOneAsync(code, late));
            Assert.NotEqual("rejected", (await there.SendOneAsync(code, Mark(people[1], site.Clock.UtcNow().AddMinutes(-1)))).Outcome);
            await site.AssertLogTellsEverythingAsync(code);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            there.Dispose();
        }
    }

    [Fact]
    public async Task Guess_HalfAtEachNode_IsCountedTogether()
    {
        var (organizer, _, _) = await site.OpenNowAsync("F-GUESS");
        var (process, there) = await site.StartOtherAsync(organizer);
        using var browser = new HttpClient(new CookieJar(TimeProvider.System) { InnerHandler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false } }) { BaseAddress = there.BaseAddress };
        try
        {
            var here = await site.SignInAsync("member");
            Assert.Equal(HttpStatusCode.Redirect, (await browser.PostFormAsync("/account/sign-in", new() { ["Login"] = "member", ["Password"] = SiteClient.DemoPassword })).StatusCode);

            var words = new List<string>();
            foreach (var client in new[] { here, browser, here, browser, here, browser, here })
            {
                var answer = await client.PostFormAsync("/check-in", new() { ["letters"] = "BBBBBB" });
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
                words.Add((await answer.ReadPageAsync()).QuerySelector("[role=alert]")!.TextContent);
            }

            Assert.All(words[..5], word => Assert.Contains("không đúng hoặc đã đổi", word, StringComparison.Ordinal));
            Assert.All(words[5..], word => Assert.Contains("gõ sai 5 lần", word, StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            there.Dispose();
        }
    }

    private static Dictionary<string, object?> Mark(string member, DateTime at) =>
        new(SessionClient.Event(member, "in")) { ["at"] = at.ToString("O") };

    private async Task CloseAtThisNodeAsync(string code)
    {
        var coordinator = await site.SignInAsync("xa.coordinator");
        var sheet = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/close", []);
    }
}
