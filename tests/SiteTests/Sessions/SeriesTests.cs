using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Series.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>One theme on several dates, of which each person picks one.</summary>
public abstract class SeriesTests(SiteFixture site)
{
    [Fact]
    public async Task Repeat_OnSeveralDays_MakesDraftsOfOneSeries()
    {
        var code = await site.PublishAsync(capacity: 40, seatsPerTeam: 2);
        var desk = await site.SignInAsync("so.organizer");

        var made = await RepeatAsync(desk, code, 16, 23);

        Assert.Equal($"/series/{code}", made.Headers.Location?.OriginalString);
        var dates = await DatesAsync(code);
        Assert.Equal([SessionState.Published, SessionState.Draft, SessionState.Draft], dates.Select(date => date.State));
        Assert.Equal([9, 16, 23], dates.Select(date => DateOnly.FromDateTime(VietnamTime.ToLocal(date.StartUtc)).DayNumber - site.Clock.Today().DayNumber));
        Assert.All(dates, date => Assert.Equal(2, date.SeatsPerTeam));
        Assert.Equal(3, await site.QueryAsync(db => db.SessionPoints.CountAsync(point => point.Session.SeriesId == dates[0].SeriesId && point.Capacity == 40)));
        Assert.Equal(HttpStatusCode.OK, (await RepeatAsync(desk, code, 16)).StatusCode);
        Assert.Equal(3, (await DatesAsync(code)).Count);
    }

    [Fact]
    public async Task Repeat_ByWhoDoesNotHoldIt_IsRefused()
    {
        var code = await site.PublishAsync();
        var member = await site.SignInAsync("member");

        Assert.NotEqual(HttpStatusCode.OK, (await member.GetAsync($"/sessions/{code}/repeat")).StatusCode);
        Assert.Contains((await member.PostFormAsync($"/sessions/{code}/repeat", new() { ["days"] = "2026-12-24" }, page: $"/sessions/{code}")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        Assert.Null(await site.QueryAsync(db => db.Sessions.Where(row => row.Code == code).Select(row => row.SeriesId).SingleAsync()));
    }

    [Fact]
    public async Task Pick_OneDateThenAnother_DeclinesTheOthers()
    {
        var (first, second) = await SeriesAsync();
        var member = await site.SignInAsync("member");
        var page = await member.GetPageAsync($"/series/{first}");
        Assert.Equal(2, page.QuerySelectorAll("form[action$='/answer']").Length);

        await member.PostFormFromAsync(page, $"/sessions/{first}/answer", new() { ["Comes"] = "true", ["Back"] = "series" });
        Assert.Equal((InvitationResponse.Confirmed, InvitationResponse.Declined), await StandAsync(first, second));

        var switched = await member.PostFormFromAsync(page, $"/sessions/{second}/answer", new() { ["Comes"] = "true", ["Back"] = "series" });
        Assert.Equal($"/series/{first}", switched.Headers.Location?.OriginalString);
        Assert.Equal((InvitationResponse.Declined, InvitationResponse.Confirmed), await StandAsync(first, second));
        Assert.Equal("Đã chọn buổi khác", (await site.InvitationAsync(first, "SL-000210")).ResponseReason);
    }

    [Fact]
    public async Task Pick_AFullDate_KeepsTheSeatUntilThereIsOne()
    {
        var (first, second) = await SeriesAsync(capacity: 1);
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.AnswerAsync(first, "SL-000210", "confirmed");
        await organizer.AnswerAsync(second, "SL-000211", "confirmed");
        await organizer.AnswerAsync(first, "SL-000001", "confirmed");

        Assert.Equal("waiting", await organizer.AnswerAsync(second, "SL-000210", "confirmed"));
        Assert.Equal((InvitationResponse.Confirmed, InvitationResponse.Waiting), await StandAsync(first, second));

        await organizer.AnswerAsync(second, "SL-000211", "declined");
        Assert.Equal((InvitationResponse.Declined, InvitationResponse.Confirmed), await StandAsync(first, second));
        Assert.Equal(["SL-000001"], await site.WhoAsync(first, InvitationResponse.Confirmed));
    }

    [Fact]
    public async Task Attended_OneDate_IsNotAbsentAtTheOthers()
    {
        var (first, second) = await SeriesAsync();
        var organizer = await AttendAsync(first);
        await organizer.DoAsync(second, "open");

        await organizer.DoAsync(second, "close");

        Assert.Equal("excused", (await organizer.AttendanceOfAsync(second, "SL-000210")).GetProperty("status").GetString());
        Assert.Equal("absent", (await organizer.AttendanceOfAsync(second, "SL-000211")).GetProperty("status").GetString());
        var page = await (await site.SignInAsync("member")).GetPageAsync($"/series/{first}");
        Assert.Contains("Bạn đã dự chuyên đề này", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attended_OneDate_IsNotInvitedRemindedNorAskedForTheOthers()
    {
        var (first, second) = await SeriesAsync();
        var desk = await site.SignInAsync("so.organizer");
        await RepeatAsync(desk, first, 17);
        var third = (await DatesAsync(first))[2].Code;
        var organizer = await AttendAsync(first);
        await organizer.DoAsync(third, "publish");

        for (var day = 0; day < 16; day++)
        {
            await site.SweepAsync();
            site.Clock.Advance(TimeSpan.FromDays(1));
        }

        var rules = await ToldAsync("SL-000210");
        Assert.DoesNotContain(rules, message => message.Rule is "session-reminder" or "session-answer" && (message.Subject.StartsWith(second) || message.Subject.StartsWith(third)));
        Assert.DoesNotContain(rules, message => message.Rule == "session-invitation" && message.Subject == third);
        var others = await ToldAsync("SL-000211");
        Assert.Contains(others, message => message.Rule == "session-reminder" && message.Subject.StartsWith(second));
        Assert.Contains(others, message => message.Rule == "session-answer" && message.Subject.StartsWith(second));
        Assert.Contains(others, message => message.Rule == "session-invitation" && message.Subject == third);

        Task<List<Message>> ToldAsync(string member) => site.QueryAsync(db => db.Messages.AsNoTracking()
            .Where(row => row.Channel == MessageChannel.InApp && db.Set<Person>().Any(person => person.Id == row.PersonId && person.Code == member)).ToListAsync());
    }

    [Fact]
    public async Task Attended_OneDate_IsNotMissedByAnotherNorInvitedToItsMakeup()
    {
        var (first, second) = await SeriesAsync();
        var organizer = await AttendAsync(first);
        await organizer.DoAsync(second, "open");
        await organizer.DoAsync(second, "close");
        site.Clock.Advance(TimeSpan.FromDays(17));

        var missed = await MissedAsync();
        var day = site.Clock.Today().AddDays(7).ToString("yyyy-MM-dd");
        var made = await organizer.PostAsJsonAsync($"/api/v1/sessions/{second}/makeup", new { code = $"{second}-HB", blocks = new[] { new { start = $"{day}T08:00:00+07:00", end = $"{day}T10:00:00+07:00" } }, publish = true });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var invited = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == $"{second}-HB").OrderBy(row => row.Person.Code).Select(row => row.Person.Code).ToListAsync());
        Assert.DoesNotContain("SL-000210", invited);
        Assert.Contains("SL-000211", invited);
        Assert.Equal(missed, invited);

        // What was only rehearsed has taught nobody.
        await site.QueryAsync(db => db.Sessions.Where(row => row.Code == first).ExecuteUpdateAsync(set => set.SetProperty(row => row.IsRehearsal, true)));
        Assert.Contains("SL-000210", await MissedAsync());
        Assert.Equal("absent", (await organizer.AttendanceOfAsync(second, "SL-000210")).GetProperty("status").GetString());

        async Task<List<string>> MissedAsync() =>
            [.. (await organizer.GetJsonAsync($"/api/v1/reports/session-missed?session={second}&take=1000")).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("member_code").GetString()!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task People_ForTheOrganizer_TellWhoPickedWhichDateAndWhoNone()
    {
        var (first, second) = await SeriesAsync(capacity: 1);
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.AnswerAsync(first, "SL-000210", "confirmed");
        await organizer.AnswerAsync(first, "SL-000211", "confirmed");
        await organizer.AnswerAsync(second, "SL-000209", "confirmed");
        await organizer.AnswerAsync(first, "SL-000001", "declined");
        await organizer.AnswerAsync(second, "SL-000001", "declined");
        var desk = await site.SignInAsync("so.organizer");
        var invited = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == first).Select(row => row.Person.FullName).CountAsync());

        var page = await desk.GetPageAsync($"/series/{first}/people");

        Assert.Equal([invited, 1, 1, invited - 3], page.QuerySelectorAll(".chips .num").Select(number => int.Parse(number.TextContent)));
        Assert.Equal(["SL-000210"], await ShownAsync($"date={first}"));
        Assert.Equal(["SL-000209"], await ShownAsync($"date={second}"));
        Assert.Contains("Chờ chỗ", await RowAsync("SL-000211"), StringComparison.Ordinal);
        Assert.Contains("Báo vắng", await RowAsync("SL-000001"), StringComparison.Ordinal);
        Assert.Contains("Chưa chọn ngày", await RowAsync("SL-000002"), StringComparison.Ordinal);
        var none = await ShownAsync("date=none");
        Assert.Contains("SL-000001", none);
        Assert.DoesNotContain("SL-000211", none);

        var list = await desk.GetPageAsync("/series");
        Assert.Contains($"{invited} người được mời, {invited - 3} chưa chọn", list.QuerySelector($"main a[href='/series/{first}/people']")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await desk.GetPageAsync("/sessions")).QuerySelector("main a[href='/series']"));
        Assert.NotNull((await desk.GetPageAsync($"/series/{first}")).QuerySelector($"main a[href='/series/{first}/people']"));

        await organizer.DoAsync(second, "open");
        await organizer.SendOneAsync(second, new(SessionClient.Event("SL-000002", "in")) { ["at"] = site.Clock.GetUtcNow() });
        Assert.Contains("Đã dự", await RowAsync("SL-000002"), StringComparison.Ordinal);

        async Task<string> RowAsync(string member) => (await desk.GetPageAsync($"/series/{first}/people?q={member}")).QuerySelector("tbody tr")!.TextContent;

        async Task<List<string>> ShownAsync(string query)
        {
            var names = (await desk.GetPageAsync($"/series/{first}/people?{query}")).QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ToList();
            return await site.QueryAsync(db => db.People.Where(person => names.Contains(person.FullName) && db.Set<Invitation>().Any(row => row.PersonId == person.Id && row.Session.Code == first)).OrderBy(person => person.Code).Select(person => person.Code).ToListAsync());
        }
    }

    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    [InlineData("xa.coordinator")]
    public async Task People_ForOthers_AreNotThere(string user)
    {
        var (first, _) = await SeriesAsync();
        var client = await site.SignInAsync(user);

        foreach (var path in new[] { $"/series/{first}/people", "/series" })
        {
            var answer = await client.GetAsync(path);
            Assert.True(answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound || !(await answer.Content.ReadAsStringAsync()).Contains(first, StringComparison.Ordinal), $"{user} {path}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Series_OfOthers_IsNotFound()
    {
        var code = await site.PublishAsync(publish: false);
        await RepeatAsync(await site.SignInAsync("so.organizer"), code, 16);

        await (await site.SignInAsync("member")).GetPageAsync($"/series/{code}", HttpStatusCode.NotFound);
    }

    /// <summary>A series of two published dates.</summary>
    /// <summary>A member is there at one date; gives back the organizer.</summary>
    private async Task<HttpClient> AttendAsync(string code)
    {
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.DoAsync(code, "open");
        await organizer.SendOneAsync(code, new(SessionClient.Event("SL-000210", "in")) { ["at"] = site.Clock.GetUtcNow() });
        return organizer;
    }

    private async Task<(string First, string Second)> SeriesAsync(int? capacity = null)
    {
        var first = await site.PublishAsync(capacity);
        await RepeatAsync(await site.SignInAsync("so.organizer"), first, 16);
        var second = (await DatesAsync(first))[1].Code;
        await (await site.ApiAsync("so.organizer")).DoAsync(second, "publish");
        return (first, second);
    }

    private async Task<HttpResponseMessage> RepeatAsync(HttpClient desk, string code, params int[] days)
    {
        var page = await desk.GetPageAsync($"/sessions/{code}/repeat");
        using var content = new FormUrlEncodedContent([
            new("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value),
            .. days.Select(day => KeyValuePair.Create("days", site.Clock.Today().AddDays(day).ToString("yyyy-MM-dd"))),
        ]);
        return await desk.PostAsync($"/sessions/{code}/repeat", content);
    }

    private Task<List<TrainingSession>> DatesAsync(string code) => site.QueryAsync(db => db.Sessions.AsNoTracking()
        .Where(session => db.Set<TrainingSeries>().Any(series => series.Id == session.SeriesId && series.Code == code)).OrderBy(session => session.StartUtc).ToListAsync());

    private async Task<(InvitationResponse First, InvitationResponse Second)> StandAsync(string first, string second) =>
        ((await site.InvitationAsync(first, "SL-000210")).Response, (await site.InvitationAsync(second, "SL-000210")).Response);
}

public sealed class SqliteSeriesTests(SqliteSite site) : SeriesTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSeriesTests(PostgreSqlSite site) : SeriesTests(site), IClassFixture<PostgreSqlSite>;
