using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Series.Models;

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
        var organizer = await site.ApiAsync("so.organizer");
        await organizer.DoAsync(first, "open");
        await organizer.SendOneAsync(first, new(SessionClient.Event("SL-000210", "in")) { ["at"] = site.Clock.GetUtcNow() });
        await organizer.DoAsync(second, "open");

        await organizer.DoAsync(second, "close");

        Assert.Equal("excused", (await organizer.AttendanceOfAsync(second, "SL-000210")).GetProperty("status").GetString());
        Assert.Equal("absent", (await organizer.AttendanceOfAsync(second, "SL-000211")).GetProperty("status").GetString());
        var page = await (await site.SignInAsync("member")).GetPageAsync($"/series/{first}");
        Assert.Contains("Bạn đã dự chuyên đề này", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_OfOthers_IsNotFound()
    {
        var code = await site.PublishAsync(publish: false);
        await RepeatAsync(await site.SignInAsync("so.organizer"), code, 16);

        await (await site.SignInAsync("member")).GetPageAsync($"/series/{code}", HttpStatusCode.NotFound);
    }

    /// <summary>A series of two published dates.</summary>
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
