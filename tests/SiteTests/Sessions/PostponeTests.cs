using System.Net;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Registration.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session is moved: who has answered is asked again. Lets days pass, so it has a site of its own.</summary>
public abstract class PostponeTests(SiteFixture site)
{
    [Fact]
    public async Task Postpone_ToAnotherDay_AsksAgainAndKeepsWhatWasSaid()
    {
        var code = await site.PublishAsync(capacity: 2);
        var organizer = await site.ApiAsync("so.organizer");
        await (await site.ApiAsync("member")).AnswerAsync(code, null, "confirmed");
        await organizer.AnswerAsync(code, "SL-000211", "confirmed");
        await organizer.AnswerAsync(code, "SL-000001", "confirmed");
        await organizer.AnswerAsync(code, "SL-000002", "declined", "Ốm đau");
        Assert.Equal(["SL-000001"], await site.WhoAsync(code, InvitationResponse.Waiting));

        await PostponeAsync(code, days: 12, from: "08:00", to: "11:00");

        Assert.Empty(await site.WhoAsync(code, InvitationResponse.Confirmed));
        Assert.Empty(await site.WhoAsync(code, InvitationResponse.Waiting));
        Assert.Empty(await site.WhoAsync(code, InvitationResponse.Declined));
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync($"/sessions/{code}");
        Assert.Contains("Lịch đã đổi. Bạn từng trả lời cho", page.QuerySelector("[aria-labelledby=answer]")!.TextContent, StringComparison.Ordinal);
        var desk = await site.SignInAsync("so.organizer");
        Assert.Contains("Với lịch cũ", (await desk.GetPageAsync($"/sessions/{code}/answers?q=SL-000002")).QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);

        await site.SweepAsync();
        await site.SendAsync();
        Assert.Contains("không còn tính", await ToldAsync("SL-000210"), StringComparison.Ordinal);
        Assert.DoesNotContain("không còn tính", await ToldAsync("SL-000003"), StringComparison.Ordinal);

        Assert.Equal("confirmed", await organizer.AnswerAsync(code, "SL-000001", "confirmed"));
        await PostponeAsync(code, days: 13, from: "08:00", to: "11:00");
        Assert.Equal([1, 2], await site.QueryAsync(db => db.Set<EarlierAnswer>().Where(row => db.Set<Invitation>().Any(mine => mine.SessionId == row.SessionId && mine.PersonId == row.PersonId && mine.Session.Code == code && mine.Person.Code == "SL-000001"))
            .OrderBy(row => row.Postponement).Select(row => row.Postponement).ToListAsync()));

        site.Clock.Advance(TimeSpan.FromDays(10.1));
        await site.SweepAsync();
        Assert.Contains("SL-000210", await site.AskedAsync(code));

        async Task<string> ToldAsync(string person) => await site.QueryAsync(db => db.Messages
            .Where(row => row.Rule == "session-changed" && row.Channel == MessageChannel.InApp && row.Subject.StartsWith(code) && db.Set<Person>().Any(one => one.Id == row.PersonId && one.Code == person)).Select(row => row.Text ?? "").SingleAsync());
    }

    [Fact]
    public async Task Postpone_ByLessThanAnHour_LeavesTheAnswers()
    {
        var code = await site.PublishAsync(days: 20);
        await (await site.ApiAsync("so.organizer")).AnswerAsync(code, "SL-000211", "confirmed");

        await PostponeAsync(code, days: 20, from: "08:30", to: "11:30");

        Assert.Equal(["SL-000211"], await site.WhoAsync(code, InvitationResponse.Confirmed));
    }

    private async Task PostponeAsync(string code, int days, string from, string to)
    {
        var desk = await site.SignInAsync("so.organizer");
        var answer = await desk.PostFormAsync($"/sessions/{code}/postpone", new()
        {
            ["blocks[0].Date"] = site.Clock.Today().AddDays(days).ToString("yyyy-MM-dd"), ["blocks[0].Start"] = from, ["blocks[0].End"] = to, ["reason"] = "Mưa lũ",
        }, page: $"/sessions/{code}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}

public sealed class SqlitePostponeTests(SqliteSite site) : PostponeTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPostponeTests(PostgreSqlSite site) : PostponeTests(site), IClassFixture<PostgreSqlSite>;
