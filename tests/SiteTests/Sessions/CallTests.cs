using System.Net;
using AngleSharp.Dom;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The list of people whom no message reaches (R51): who stands on it, for whom, until when.</summary>
public abstract class CallTests(SiteFixture site)
{
    [Fact]
    public async Task List_OfALeader_HoldsTheOwnTeamWithPhoneNumbers()
    {
        var leader = await site.SignInAsync("to.truong");

        var names = await NamesAsync(leader, "/calls");
        Assert.NotEmpty(names);
        var expected = await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.Membership>()
            .Where(membership => membership.Team.Code == "T-03646-SYN-042" && membership.ValidTo == null && membership.Person.Code != "SL-000209" && membership.Person.Code != "SL-000210")
            .Select(membership => membership.Person.FullName).Order().ToListAsync());
        Assert.All(expected, name => Assert.Contains(name, names));
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
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        var code = await PublishAsync(organizer, "TH-GOI-1");
        var person = await MemberAsync(leader, code);

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
    public async Task Record_PersonOfAnotherTeam_IsNotFound()
    {
        var leader = await site.SignInAsync("to.truong");
        var organizer = await site.SignInAsync("so.organizer");
        var code = await PublishAsync(organizer, "TH-GOI-2");

        Assert.Equal(HttpStatusCode.NotFound, (await leader.PostFormAsync($"/calls/{code}/SL-000012", new() { ["outcome"] = "Reached" }, "/calls")).StatusCode);
        Assert.Equal(0, await site.QueryAsync(db => db.Set<TrainingSite.Sessions.Models.SessionCall>().CountAsync(call => db.Set<TrainingSite.Sessions.Models.TrainingSession>().Any(session => session.Id == call.SessionId && session.Code == code))));
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

    private static async Task<string> MemberAsync(HttpClient leader, string code)
    {
        var form = (await leader.GetPageAsync("/calls")).QuerySelector($"form[action*='/calls/{code}/']");
        Assert.NotNull(form);
        return new Uri("http://site" + form.GetAttribute("action")).Segments[^1];
    }

    private static async Task<List<string>> NamesAsync(HttpClient client, string url) =>
        [.. (await client.GetPageAsync(url)).QuerySelectorAll("main .row-main > b").Select(name => name.TextContent.Trim())];

    private static IElement? RowOf(IDocument page, string code, string person) => page.QuerySelector($"li:has(form[action*='/calls/{code}/{person}'])");
}

public sealed class SqliteCallTests(SqliteSite site) : CallTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlCallTests(PostgreSqlSite site) : CallTests(site), IClassFixture<PostgreSqlSite>;
