using System.Net;
using AngleSharp.Dom;
using TrainingSite.Sessions.Models;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session whose attendance somebody opens days ahead: until it begins, everything goes on as before, and it can wait again.</summary>
public abstract class OpenedAheadTests(SiteFixture site)
{
    [Fact]
    public async Task Show_DaysBeforeTheStart_AsksBeforeOpeningAndNamesTheDay()
    {
        var code = await site.PublishAsync();
        var organizer = await site.SignInAsync("so.organizer");

        var fold = (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector("details:has(form[action$='/open'])");

        Assert.NotNull(fold);
        Assert.Contains(site.Clock.Today().AddDays(9).ToDateText(), fold.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OpenedAhead_IsStillTakenFromMembersAndLeaders()
    {
        var code = await OpenAheadAsync();
        var member = await site.SignInAsync("member");
        var leader = await site.SignInAsync("to.truong");

        await member.PostFormFromAsync(await member.GetPageAsync($"/sessions/{code}"), $"/sessions/{code}/answer", new() { ["Comes"] = "true" });
        Assert.Equal(InvitationResponse.Confirmed, (await site.InvitationAsync(code, "SL-000210")).Response);

        Assert.NotNull((await leader.GetPageAsync($"/sessions/{code}")).QuerySelector($"a[href*='/sessions/{code}/team']"));
        var page = await leader.GetPageAsync($"/sessions/{code}/team");
        await leader.PostFormFromAsync(page, $"/sessions/{code}/team/seats", new() { ["team"] = "T-03646-SYN-042", ["members"] = "SL-000211" });
        Assert.Equal(["SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    [Fact]
    public async Task Cards_OpenedAhead_SayWhenItIsAndNotThatItRuns()
    {
        var code = await OpenAheadAsync(days: 1);
        var member = await site.SignInAsync("member");

        var page = await member.GetPageAsync($"/sessions/{code}");
        var today = await member.GetPageAsync("/today");
        var list = await member.GetPageAsync("/sessions");

        Assert.Contains("Sắp diễn ra", page.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sắp diễn ra", list.QuerySelector($"article:has(a[href='/sessions/{code}'])")!.TextContent, StringComparison.Ordinal);
        var card = today.QuerySelector("[aria-labelledby=check-in-now]")!.TextContent;
        Assert.Contains(site.Clock.Today().AddDays(1).ToDateText(), card, StringComparison.Ordinal);
        Assert.DoesNotContain("Đang điểm danh", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wait_BeforeAnybodyIsMarked_LetsItWaitForItsTimeAgain()
    {
        var code = await OpenAheadAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.GetPageAsync($"/sessions/{code}");

        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormFromAsync(page, $"/sessions/{code}/wait", [])).StatusCode);

        Assert.Equal((SessionState.Published, (DateTime?)null), await StateAsync(code));
        Assert.NotNull(page.QuerySelector("form[action$='/wait']"));
        var member = await site.SignInAsync("member");
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostFormAsync($"/sessions/{code}/wait", [], page: $"/sessions/{code}")).StatusCode);
    }

    [Fact]
    public async Task Wait_OnceSomebodyIsMarked_IsRefusedAndStaysOpen()
    {
        var code = await OpenAheadAsync();
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.GetPageAsync($"/sessions/{code}");
        await site.MarkPresentAsync(await site.ApiAsync("so.organizer"), code, "P1", "SL-000210");

        await organizer.PostFormFromAsync(page, $"/sessions/{code}/wait", []);

        Assert.Equal(SessionState.Open, (await StateAsync(code)).Item1);
        var after = await organizer.GetPageAsync($"/sessions/{code}");
        Assert.Contains("đã có người được điểm danh", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(after.QuerySelector("form[action$='/wait']"));
    }

    private async Task<string> OpenAheadAsync(int days = 9)
    {
        var code = await site.PublishAsync(seatsPerTeam: 1, days: days);
        await (await site.ApiAsync("so.organizer")).DoAsync(code, "open");
        return code;
    }

    private Task<(SessionState, DateTime?)> StateAsync(string code) =>
        site.QueryAsync(async db => await db.Sessions.Where(session => session.Code == code).Select(session => new ValueTuple<SessionState, DateTime?>(session.State, session.OpenedUtc)).SingleAsync());
}

public sealed class SqliteOpenedAheadTests(SqliteSite site) : OpenedAheadTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOpenedAheadTests(PostgreSqlSite site) : OpenedAheadTests(site), IClassFixture<PostgreSqlSite>;
