using System.Net;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;
using TrainingSite.Sessions.Feedback;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Feedback: once each, changeable for a week, read without names (R44).</summary>
public abstract class FeedbackTests(SiteFixture site)
{
    private const string Member = "SL-000210";

    [Fact]
    public async Task Give_AfterTheEnd_IsKeptOnceAndChangeableForAWeek()
    {
        var (_, code, member) = await ArrangeAsync();
        Assert.Equal(HttpStatusCode.Conflict, await GiveAsync(member, code, 5, 5, 5));
        Assert.Null((await member.GetPageAsync($"/sessions/{code}")).QuerySelector($"a[href='/sessions/{code}/feedback']"));

        site.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Contains("btn-primary", (await member.GetPageAsync($"/sessions/{code}")).QuerySelector($"a[href='/sessions/{code}/feedback']")!.ClassName!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await GiveAsync(member, code, 4, 5, 3, "Nói hơi nhanh"));
        site.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.Redirect, await GiveAsync(member, code, 5, 5, 3, "Rất dễ hiểu"));

        Assert.Equal([(5, "Rất dễ hiểu")], await StoredAsync(code));
        Assert.NotNull((await member.GetPageAsync($"/sessions/{code}/feedback")).QuerySelector("input[name=Understanding][value='5'][checked]"));

        site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Conflict, await GiveAsync(member, code, 1, 1, 1));
        Assert.Equal([(5, "Rất dễ hiểu")], await StoredAsync(code));
        Assert.Null((await member.GetPageAsync($"/sessions/{code}/feedback")).QuerySelector("input[name=Understanding]"));
    }

    [Fact]
    public async Task Give_TwiceAtOnce_KeepsOne()
    {
        var (_, code, member) = await ArrangeAsync();
        site.Clock.Advance(TimeSpan.FromHours(2));

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(mark => GiveAsync(member, code, mark, mark, mark)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer));
        Assert.Single(await StoredAsync(code));
    }

    [Fact]
    public async Task Give_WithAMarkMissing_KeepsWhatWasTyped()
    {
        var (_, code, member) = await ArrangeAsync();
        site.Clock.Advance(TimeSpan.FromHours(2));

        var page = await (await member.PostFormAsync($"/sessions/{code}/feedback", new() { ["Understanding"] = "4", ["Words"] = "Phòng nóng" })).ReadPageAsync();

        Assert.Contains("cả ba câu", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Phòng nóng", page.QuerySelector("textarea")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("input[name=Understanding][value='4'][checked]"));
        Assert.Empty(await StoredAsync(code));
    }

    [Fact]
    public async Task Give_ByWhoDidNotAttend_IsRefused()
    {
        var (_, code, _) = await ArrangeAsync();
        site.Clock.Advance(TimeSpan.FromHours(2));

        await (await site.SignInAsync("to.truong")).GetPageAsync($"/sessions/{code}/feedback", HttpStatusCode.Forbidden);
        await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}/feedback", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Results_TellAveragesAndNeverWho()
    {
        var (organizer, code, member) = await ArrangeAsync();
        site.Clock.Advance(TimeSpan.FromHours(2));
        await GiveAsync(member, code, 4, 5, 3, "Nên có thêm giờ thực hành");
        var page = await organizer.GetPageAsync($"/sessions/{code}/feedback/results");
        // One answer is no figure of a point.
        Assert.Null(page.QuerySelector("table"));

        await SayAsync(code, "P1", ("SL-000001", 2), ("SL-000002", 3));
        page = await organizer.GetPageAsync($"/sessions/{code}/feedback/results");

        Assert.Equal(["3", "3,0/5"], page.QuerySelectorAll(".stats dd").Take(2).Select(figure => figure.TextContent.Trim()));
        Assert.Contains("Chiềng Lề", Assert.Single(page.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Nên có thêm giờ thực hành", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var names = await site.QueryAsync(db => db.Set<TrainingSite.Organization.Models.Person>().Where(person => person.Code == Member || person.Code == "SL-000001").Select(person => person.FullName).ToListAsync());
        Assert.All(names, name => Assert.DoesNotContain(name, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal));
        await member.GetPageAsync($"/sessions/{code}/feedback/results", HttpStatusCode.Forbidden);
        await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/sessions/{code}/feedback/results", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Report_OfFewAnswers_SaysNothingAndOfMoreTheAverages()
    {
        var (_, code, member) = await ArrangeAsync();
        var api = await site.ApiAsync("so.organizer");
        site.Clock.Advance(TimeSpan.FromHours(2));
        await GiveAsync(member, code, 4, 5, 3);
        Assert.Equal(0, (await api.GetJsonAsync($"/api/v1/reports/session-feedback?session={code}")).GetProperty("items").GetArrayLength());

        await SayAsync(code, "P1", ("SL-000001", 2), ("SL-000002", 3));
        var csv = await api.GetStringAsync($"/api/v1/reports/session-feedback?session={code}&format=csv");

        Assert.Contains("point_code,point_name,answers,understanding,guidance,organization", csv, StringComparison.Ordinal);
        Assert.Contains(",3,3,3.33,2.67", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remind_TheEveningAfter_AsksWhoAttendedAndHasNotAnswered()
    {
        var (_, code, member) = await ArrangeAsync();
        var api = await site.ApiAsync("so.organizer");
        await site.MarkPresentAsync(api, code, "P1", "SL-000001");
        site.Clock.Advance(TimeSpan.FromMinutes(61));
        await TellAsync();
        var local = VietnamTime.ToLocal(site.Clock.UtcNow());
        var evening = local.Date.AddHours(19) > local ? local.Date.AddHours(19) : local.Date.AddDays(1).AddHours(19);
        Assert.Empty(await AskedAsync(code));
        await GiveAsync(member, code, 4, 5, 3);

        site.Clock.Advance(evening - local + TimeSpan.FromMinutes(1));
        await TellAsync();
        await TellAsync();

        Assert.Equal(["SL-000001"], await AskedAsync(code));
    }

    private async Task<(HttpClient Organizer, string Code, HttpClient Member)> ArrangeAsync()
    {
        var api = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(api, "YKIEN");
        await site.MarkPresentAsync(api, code, "P1", Member);
        return (await site.SignInAsync("so.organizer"), code, await site.SignInAsync("member"));
    }

    private static Task<HttpStatusCode> GiveAsync(HttpClient member, string code, int understanding, int guidance, int organization, string? words = null) =>
        member.PostAsync($"/sessions/{code}/feedback", new() { ["Understanding"] = $"{understanding}", ["Guidance"] = $"{guidance}", ["Organization"] = $"{organization}", ["Words"] = words }, $"/me");

    /// <summary>Answers of people without account, as the database has them.</summary>
    private Task<int> SayAsync(string code, string point, params (string Member, int Mark)[] answers) => site.QueryAsync(async db =>
    {
        var at = await db.Set<TrainingSite.Sessions.Models.SessionPoint>().SingleAsync(row => row.Session.Code == code && row.Code == point);
        foreach (var (member, mark) in answers)
        {
            var person = await db.Set<TrainingSite.Organization.Models.Person>().SingleAsync(row => row.Code == member);
            db.Add(new SessionFeedback { SessionId = at.SessionId, PointId = at.Id, PersonId = person.Id, Understanding = mark, Guidance = mark, Organization = mark, GivenUtc = site.Clock.UtcNow() });
        }

        return await db.SaveChangesAsync();
    });

    private Task<List<(int, string?)>> StoredAsync(string code) => site.QueryAsync(async db =>
        (await db.Set<SessionFeedback>().Where(row => db.Set<TrainingSite.Sessions.Models.TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code)).ToListAsync()).ConvertAll(row => (row.Understanding, row.Words)));

    private async Task TellAsync()
    {
        await site.RunAsync<SweepRemindersTask>();
        await site.RunAsync<SendMessagesTask>();
    }

    private Task<List<string>> AskedAsync(string code) => site.QueryAsync(db => db.Messages.Where(message => message.Rule == "session-feedback" && message.Subject == code && message.Channel == MessageChannel.InApp && message.State == MessageState.Sent)
        .Join(db.Set<TrainingSite.Organization.Models.Person>(), message => message.PersonId, person => person.Id, (_, person) => person.Code).OrderBy(person => person).ToListAsync());
}

public sealed class SqliteFeedbackTests(SqliteSite site) : FeedbackTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlFeedbackTests(PostgreSqlSite site) : FeedbackTests(site), IClassFixture<PostgreSqlSite>;
