using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The list of people whom no message reaches (R51): who stands on it, for whom, until when.</summary>
public abstract class CallTests(SiteFixture site)
{
    [Fact]
    public async Task List_OfALeader_HoldsTheOwnTeamWithPhoneNumbers()
    {
        await ForgetEmailAsync();
        var leader = await site.SignInAsync("to.truong");

        var names = await NamesAsync(leader, "/calls");
        Assert.Contains("Vì Thị Lan", names);
        Assert.DoesNotContain("Quàng Văn Inh", names);
        Assert.True((await leader.GetPageAsync("/calls")).QuerySelector("a[href^='tel:+84']") is not null);
        Assert.Contains("cần bạn gọi báo", (await leader.GetPageAsync("/today")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var coordinator = await site.SignInAsync("xa.coordinator");
        Assert.True((await NamesAsync(coordinator, "/calls")).Count > names.Count);
    }

    [Fact]
    public async Task List_PersonWhoUsesTheAccount_IsNotOnIt()
    {
        await site.SignInAsync("member");
        var coordinator = await site.SignInAsync("xa.coordinator");

        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.PostFormAsync("/calls/TH-SAPTOI/SL-000210", new() { ["outcome"] = "Reached" }, "/calls")).StatusCode);
    }

    [Fact]
    public async Task Record_Reached_TakesThemOffUntilTheSessionChanges()
    {
        await ForgetEmailAsync();
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        var code = await PublishAsync(organizer, "TH-GOI-1");
        const string person = "SL-000211";

        var answer = await leader.PostFormAsync($"/calls/{code}/{person}", new() { ["outcome"] = "NotReached" }, "/calls");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Chưa gặp", RowOf(await leader.GetPageAsync("/calls"), code, person)!.TextContent, StringComparison.Ordinal);

        await leader.PostFormAsync($"/calls/{code}/{person}", new() { ["outcome"] = "Reached" }, "/calls");
        Assert.Null(RowOf(await leader.GetPageAsync("/calls"), code, person));
        Assert.Contains("Đã báo", RowOf(await leader.GetPageAsync("/calls?all=true"), code, person)!.TextContent, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await organizer.PostFormAsync($"/sessions/{code}/cancel", new() { ["reason"] = "Bão số 4" }, $"/sessions/{code}");
        var again = RowOf(await leader.GetPageAsync("/calls"), code, person)!;
        Assert.Contains("Bão số 4", again.Closest("section")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_PersonWhoseAnswerTheLeaderGave_IsNotOnIt()
    {
        await ForgetEmailAsync();
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        var code = await PublishAsync(organizer, "TH-GOI-3");
        Assert.NotNull(RowOf(await leader.GetPageAsync("/calls"), code, "SL-000211"));

        var answer = await (await site.ApiAsync("to.truong")).PostAsJsonAsync($"/api/v1/sessions/{code}/responses", new { member = "SL-000211", response = "declined", reason = "Đi nương" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Null(RowOf(await leader.GetPageAsync("/calls"), code, "SL-000211"));
    }

    [Fact]
    public async Task Count_OfSomebodyInvitedTwice_IsOfPeopleAndNotOfCalls()
    {
        await ForgetEmailAsync();
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        await PublishAsync(organizer, "TH-GOI-4");
        await PublishAsync(organizer, "TH-GOI-5");

        var today = (await leader.GetPageAsync("/today")).QuerySelector(".notice:has(a[href='/calls'])")!.TextContent;
        var page = await leader.GetPageAsync("/calls");
        var people = page.QuerySelectorAll("form[action*='/calls/']").Select(form => form.GetAttribute("action")!.Split('?')[0].Split('/')[^1]).ToList();

        Assert.True(people.Count > people.Distinct().Count());
        Assert.Contains($"{people.Distinct().Count()} người cần bạn gọi báo", today, StringComparison.Ordinal);
        Assert.Contains($"{people.Distinct().Count()} người, {people.Count} lượt gọi", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_PersonMarkedOrSessionClosed_IsNotOnIt()
    {
        await ForgetEmailAsync();
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.ApiAsync("so.organizer");
        var (marked, closed) = (await site.PublishAsync(), await site.PublishAsync());
        Assert.NotNull(RowOf(await leader.GetPageAsync("/calls?all=true"), marked, "SL-000211"));
        await organizer.DoAsync(marked, "open");
        await site.MarkPresentAsync(organizer, marked, "P1", "SL-000211");
        await organizer.DoAsync(closed, "open");
        await organizer.DoAsync(closed, "close");

        var page = await leader.GetPageAsync("/calls?all=true");

        Assert.Null(RowOf(page, marked, "SL-000211"));
        Assert.Null(RowOf(page, closed, "SL-000211"));
    }

    [Fact]
    public async Task Record_PersonOfAnotherTeam_IsNotFound()
    {
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        var code = await PublishAsync(organizer, "TH-GOI-2");

        Assert.Equal(HttpStatusCode.NotFound, (await leader.PostFormAsync($"/calls/{code}/SL-000012", new() { ["outcome"] = "Reached" }, "/calls")).StatusCode);
        Assert.Equal(0, await site.QueryAsync(db => db.Set<SessionCall>().CountAsync(call => db.Set<TrainingSession>().Any(session => session.Id == call.SessionId && session.Code == code))));
    }

    [Fact]
    public async Task List_OfAMember_IsRefused()
    {
        var member = await site.SignInAsync("member");

        await member.GetPageAsync("/calls", HttpStatusCode.Forbidden);
    }

    private static async Task<string> PublishAsync(HttpClient organizer, string code)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync("/sessions/new", Form(code))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormAsync($"/sessions/{code}/publish", [], $"/sessions/{code}")).StatusCode);
        return code;
    }

    /// <summary>Takes the e-mail of a member of the leader's team away; otherwise mail would reach them.</summary>
    private Task ForgetEmailAsync() => site.QueryAsync(db => db.People.Where(person => person.Code == "SL-000211").ExecuteUpdateAsync(change => change.SetProperty(person => person.Email, (string?)null)));

    private static async Task<List<string>> NamesAsync(HttpClient client, string url) =>
        [.. (await client.GetPageAsync(url)).QuerySelectorAll("main .row-main > b").Select(name => name.TextContent.Trim())];

    private static IElement? RowOf(IDocument page, string code, string person) => page.QuerySelector($"li:has(form[action*='/calls/{code}/{person}'])");
}

public sealed class SqliteCallTests(SqliteSite site) : CallTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCallTests(PostgreSqlSite site) : CallTests(site), IClassFixture<PostgreSqlSite>;
