using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Sessions.Models;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Seats that each team has: the leader names who has them, the others wait, what is left can be given back.</summary>
public abstract class TeamSeatsTests(SiteFixture site)
{
    private const string Team = "T-03646-SYN-042";

    [Fact]
    public async Task Seats_FilledByTheLeader_LetTheOthersWaitUntilOneIsFree()
    {
        var code = await site.PublishAsync(seatsPerTeam: 1);
        var leader = await site.SignInAsync("to.truong");
        var page = await leader.GetPageAsync($"/sessions/{code}/team");
        Assert.Equal(3, page.QuerySelectorAll("input[name=members]").Length);

        var refused = await (await SendAsync(leader, code, page, "SL-000210", "SL-000211")).ReadPageAsync();
        Assert.Empty(await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Equal(["SL-000210", "SL-000211"], refused.QuerySelectorAll<IHtmlInputElement>("input[name=members]").Where(input => input.IsChecked).Select(input => input.Value).Order());
        Assert.Contains("Hãy bỏ bớt 1 người", refused.QuerySelector("form[action$='/team/seats'] .invalid-feedback")!.TextContent, StringComparison.Ordinal);

        await AssignAsync(leader, code, "SL-000210");
        Assert.Equal(["SL-000210"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Equal(["SL-000209", "SL-000211"], await site.WhoAsync(code, InvitationResponse.Waiting));

        await (await site.ApiAsync("member")).AnswerAsync(code, null, "declined");
        Assert.Single(await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Single(await site.WhoAsync(code, InvitationResponse.Waiting));
    }

    [Fact]
    public async Task Seats_Exchanged_MoveToTheNewName()
    {
        var code = await site.PublishAsync(seatsPerTeam: 1);
        var leader = await site.SignInAsync("to.truong");
        await AssignAsync(leader, code, "SL-000210");

        await AssignAsync(leader, code, "SL-000211");

        Assert.Equal(["SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Contains("SL-000210", await site.WhoAsync(code, InvitationResponse.Waiting));
    }

    [Fact]
    public async Task Seats_GivenBack_GoToWhoeverWaits()
    {
        var code = await site.PublishAsync(seatsPerTeam: 2);
        var organizer = await site.ApiAsync("so.organizer");
        Assert.Equal("confirmed", await organizer.AnswerAsync(code, "SL-000001", "confirmed"));
        Assert.Equal("confirmed", await organizer.AnswerAsync(code, "SL-000002", "confirmed"));
        Assert.Equal("waiting", await organizer.AnswerAsync(code, "SL-000003", "confirmed"));
        Assert.Equal("waiting", await organizer.AnswerAsync(code, "SL-000004", "confirmed"));
        var leader = await site.SignInAsync("to.truong");
        var page = await AssignAsync(leader, code, "SL-000210");

        await leader.PostFormFromAsync(page, $"/sessions/{code}/team/release", new() { ["team"] = Team });

        Assert.Equal(["SL-000001", "SL-000002", "SL-000003", "SL-000210"], await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Equal("waiting", await organizer.AnswerAsync(code, "SL-000211", "confirmed"));
    }

    [Fact]
    public async Task Seats_OfTheRoom_LimitThoseOfTeams()
    {
        var code = await site.PublishAsync(capacity: 1, seatsPerTeam: 2);
        var leader = await site.SignInAsync("to.truong");

        await AssignAsync(leader, code, "SL-000210", "SL-000211");

        Assert.Single(await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    [Fact]
    public async Task Seats_RaisedByTheOrganizer_GoToThoseWhoWait()
    {
        var code = await site.PublishAsync(seatsPerTeam: 1);
        await AssignAsync(await site.SignInAsync("to.truong"), code, "SL-000210");
        var desk = await site.SignInAsync("so.organizer");
        var form = await desk.GetPageAsync($"/sessions/{code}/edit");
        var fields = SessionClient.Form(code);
        fields["SeatsPerTeam"] = "3";
        fields["Version"] = form.QuerySelector<IHtmlInputElement>("input[name=Version]")!.Value;

        Assert.Equal(HttpStatusCode.Redirect, (await desk.PostFormFromAsync(form, $"/sessions/{code}/edit", fields)).StatusCode);

        Assert.Equal(["SL-000209", "SL-000210", "SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    [Fact]
    public async Task Team_OfSomebodyElse_IsNotOpenToALeaderOrMember()
    {
        var code = await site.PublishAsync(seatsPerTeam: 1);
        var leader = await site.SignInAsync("to.truong");
        var page = await leader.GetPageAsync($"/sessions/{code}/team");

        await leader.GetPageAsync($"/sessions/{code}/team?team=T-03646-SYN-002", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.PostFormFromAsync(page, $"/sessions/{code}/team/seats", new() { ["team"] = "T-03646-SYN-002", ["members"] = "SL-000124" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await leader.PostFormFromAsync(page, $"/sessions/{code}/team/release", new() { ["team"] = "T-03646-SYN-002" })).StatusCode);
        var member = await site.SignInAsync("member");
        await member.GetPageAsync($"/sessions/{code}/team", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostFormAsync($"/sessions/{code}/team/seats", new() { ["team"] = Team, ["members"] = "SL-000210" }, page: $"/sessions/{code}")).StatusCode);
        await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/sessions/{code}/team?team={Team}");
        Assert.Empty(await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    private static async Task<IDocument> AssignAsync(HttpClient leader, string code, params string[] members)
    {
        var page = await leader.GetPageAsync($"/sessions/{code}/team");
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(leader, code, page, members)).StatusCode);
        return page;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient leader, string code, IDocument page, params string[] members)
    {
        using var content = new FormUrlEncodedContent([
            new("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), new("team", Team),
            .. members.Select(member => KeyValuePair.Create("members", member)),
        ]);
        return await leader.PostAsync($"/sessions/{code}/team/seats", content);
    }
}

public sealed class SqliteTeamSeatsTests(SqliteSite site) : TeamSeatsTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTeamSeatsTests(PostgreSqlSite site) : TeamSeatsTests(site), IClassFixture<PostgreSqlSite>;
