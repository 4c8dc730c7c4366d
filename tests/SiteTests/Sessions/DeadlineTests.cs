using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;
using TrainingSite.Notifications.Services;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using TrainingSite.SiteTests.Notifications;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>Sessions close by the clock; missing sheets are reminded of, and told upward.</summary>
public abstract class DeadlineTests(SiteFixture site)
{
    [Fact]
    public async Task Close_GraceOver_ClosesOnceAndSaysByWhom()
    {
        var (organizer, code) = await HoldAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(179));
        await CloseAsync();
        Assert.Equal(SessionState.Open, (await SessionAsync(code)).State);
        var before = await SessionAsync(code);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(CloseAsync(), CloseAsync(), CloseAsync());

        var after = await SessionAsync(code);
        Assert.Equal((SessionState.Closed, before.Revision + 1, site.Clock.UtcNow()), (after.State, after.Revision, after.ClosedUtc));
        Assert.Contains("Đóng tự động", (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector("#closing")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_OpenedAgainByAPerson_WaitsForTheGraceOnceMore()
    {
        var (_, code) = await HoldAsync();
        var api = await site.ApiAsync("so.organizer");
        site.Clock.Advance(TimeSpan.FromHours(5));
        await CloseAsync();

        await api.DoAsync(code, "open");
        site.Clock.Advance(TimeSpan.FromMinutes(119));
        await CloseAsync();
        Assert.Equal(SessionState.Open, (await SessionAsync(code)).State);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await CloseAsync();
        Assert.Equal(SessionState.Closed, (await SessionAsync(code)).State);
    }

    [Fact]
    public async Task Close_ByAPerson_NamesThem()
    {
        var (organizer, code) = await HoldAsync();

        await organizer.PostAsync($"/sessions/{code}/close", [], $"/sessions/{code}");

        Assert.Contains("Cán bộ Sở", (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector("#closing")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.False((await SessionAsync(code)).ClosedByClock);
    }

    [Fact]
    public async Task Close_MarkMadeBeforeAndSentLater_IsTakenAndLaterOnesAreNot()
    {
        var (_, code) = await HoldAsync();
        var api = await site.ApiAsync("so.organizer");
        var (before, after) = (Event("SL-000001", "in"), Event("SL-000002", "in"));
        before["at"] = site.Clock.GetUtcNow().AddMinutes(5).ToString("O");
        site.Clock.Advance(TimeSpan.FromHours(3));
        await CloseAsync();
        after["at"] = site.Clock.GetUtcNow().AddMinutes(1).ToString("O");
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["recorded", "rejected"], (await api.SendAsync(code, "phone-1", before, after)).Select(result => result.Outcome));
    }

    [Fact]
    public async Task Schedule_WithDeadlines_KeepsThemAndCountsAnewWhenPostponed()
    {
        var code = $"HAN-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.SignInAsync("so.organizer");
        var form = Form(code);
        (form["CloseAfterMinutes"], form["HandInHours"]) = ("", "24");
        await organizer.PostFormAsync("/sessions/new", form);

        var session = await SessionAsync(code);
        Assert.Equal((null, session.EndUtc.AddHours(24), session.EndUtc.AddHours(12)), (session.ClosesUtc, session.HandInUtc, session.HandInReminderUtc));
        Assert.Equal("24", (await organizer.GetPageAsync($"/sessions/{code}/edit")).QuerySelector<IHtmlInputElement>("[name=HandInHours]")!.Value);

        await organizer.PostAsync($"/sessions/{code}/publish", [], $"/sessions/{code}");
        form["CloseAfterMinutes"] = "30";
        await organizer.PostFormAsync($"/sessions/{code}/edit", form);
        Assert.Equal(session.EndUtc.AddMinutes(30), (await SessionAsync(code)).ClosesUtc);

        await site.WithAsync(async services => (await services.GetRequiredService<SessionLifecycle>().PostponeAsync(code, [new(session.StartUtc.AddDays(3), session.EndUtc.AddDays(3))], "Mưa lũ")).Succeeded);
        var moved = await SessionAsync(code);
        Assert.Equal((session.EndUtc.AddDays(3).AddMinutes(30), session.EndUtc.AddDays(4)), (moved.ClosesUtc, moved.HandInUtc));
    }

    [Theory]
    [InlineData("CloseAfterMinutes", "-1")]
    [InlineData("HandInHours", "0")]
    [InlineData("HandInHours", "1000")]
    public async Task Schedule_DeadlineOutOfRange_SaysSo(string field, string value)
    {
        var code = $"HAN-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.SignInAsync("so.organizer");
        var form = Form(code);
        form[field] = value;

        var page = await (await organizer.PostFormAsync("/sessions/new", form)).ReadPageAsync();

        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{field}']"));
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => session.Code == code)));
    }

    [Fact]
    public async Task Remind_SheetMissing_GoesUpStepByStepAndOnceEach()
    {
        await site.AccountAsync("huyen.to", Roles.DistrictOfficer, "116", "huyen@example.org");
        await site.AccountAsync("huyen.khac", Roles.DistrictOfficer, "127");
        var (organizer, code) = await HoldAsync();

        site.Clock.Advance(TimeSpan.FromMinutes(179));
        await TellAsync();
        Assert.Empty(await ToldAsync(code));

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync();
        Assert.Equal(["xa.coordinator half"], await ToldAsync(code));

        site.Clock.Advance(TimeSpan.FromHours(2));
        await TellAsync();
        await TellAsync();
        Assert.Equal(["xa.coordinator half", "xa.coordinator over"], await ToldAsync(code));

        site.Clock.Advance(TimeSpan.FromHours(2));
        await TellAsync();
        Assert.Equal(["huyen.to district", "xa.coordinator half", "xa.coordinator over"], await ToldAsync(code));
        Assert.Equal("huyen@example.org", await site.QueryAsync(db => db.Messages.Where(message => message.Subject == code + ":district:0" && message.Channel == MessageChannel.Email).Select(message => message.Address).SingleAsync()));

        site.Clock.Advance(TimeSpan.FromHours(2));
        await TellAsync();
        await TellAsync();
        Assert.Equal(["huyen.to district", "so.organizer unit", "xa.coordinator half", "xa.coordinator over"], await ToldAsync(code));

        var notices = (await organizer.GetPageAsync("/me/notices")).QuerySelector("main")!.TextContent;
        Assert.Contains("2 điểm cầu chưa chốt danh sách", notices, StringComparison.Ordinal);
        Assert.Contains("Bạn còn 1 danh sách chưa chốt", (await (await site.SignInAsync("xa.coordinator")).GetPageAsync("/me/notices")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Đã báo lên cấp trên: 2 người", (await organizer.GetPageAsync($"/sessions/{code}/hand-in")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remind_SheetClosedOrPointAbsent_TellsNobody()
    {
        var (organizer, code) = await HoldAsync();
        var api = await site.ApiAsync("so.organizer");
        await organizer.PostAsync($"/sessions/{code}/points/P1/sheet/close", [], $"/sessions/{code}/points/P1/sheet");
        await organizer.PostAsync($"/sessions/{code}/points/P2/sheet/state", new() { ["state"] = "Absent", ["reasonText"] = "mất điện" }, $"/sessions/{code}/points/P2/sheet");

        site.Clock.Advance(TimeSpan.FromHours(10));
        await TellAsync();

        Assert.Empty(await ToldAsync(code));
        Assert.Contains("Mọi điểm cầu đã chốt", (await organizer.GetPageAsync($"/sessions/{code}/hand-in")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remind_CoordinatorNamed_TellsThemInsteadOfTheCommune()
    {
        var (organizer, code) = await HoldAsync();
        await organizer.PostFormAsync($"/sessions/{code}/points/P1", new() { ["Name"] = "Điểm một", ["Unit"] = "03646", ["Coordinators"] = "to.truong" });

        site.Clock.Advance(TimeSpan.FromMinutes(181));
        await TellAsync();

        Assert.Equal(["to.truong half"], await ToldAsync(code));
        Assert.Contains("Điểm một", (await (await site.SignInAsync("to.truong")).GetPageAsync("/me/notices")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extend_OnePoint_MovesItsTimeAlone()
    {
        var (organizer, code) = await HoldAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        Assert.Equal(HttpStatusCode.Forbidden, await coordinator.PostAsync($"/sessions/{code}/hand-in/P1", new() { ["hours"] = "24" }, $"/sessions/{code}/points/P1/sheet"));

        Assert.Equal(HttpStatusCode.Redirect, await organizer.PostAsync($"/sessions/{code}/hand-in/P1", new() { ["hours"] = "24" }, $"/sessions/{code}/hand-in"));

        site.Clock.Advance(TimeSpan.FromHours(6));
        await TellAsync();
        Assert.Empty(await ToldAsync(code));
        site.Clock.Advance(TimeSpan.FromHours(8));
        await TellAsync();
        Assert.Equal(["so.organizer unit", "xa.coordinator half"], (await ToldAsync(code)).Where(told => !told.StartsWith("huyen", StringComparison.Ordinal)));
        var row = (await organizer.GetPageAsync($"/sessions/{code}/hand-in")).QuerySelectorAll("tbody tr").Single(row => row.TextContent.Contains("Chiềng Lề", StringComparison.Ordinal));
        Assert.Contains("còn", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("đã nhắc", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandIn_Page_ShowsEachReaderTheirPoints()
    {
        var (organizer, code) = await HoldAsync();

        Assert.Equal(2, (await organizer.GetPageAsync($"/sessions/{code}/hand-in")).QuerySelectorAll("tbody tr").Length);
        var own = await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/sessions/{code}/hand-in");
        Assert.Contains("Chiềng Lề", Assert.Single(own.QuerySelectorAll("tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Null(own.QuerySelector("form[action*=hand-in]"));
        await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}/hand-in", HttpStatusCode.Forbidden);
        await site.AccountAsync("xa.khac", Roles.Coordinator, "127");
        await (await site.SignInAsync("xa.khac")).GetPageAsync($"/sessions/{code}/hand-in", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Today_OpenSheet_IsTheFirstLineUntilItIsClosed()
    {
        var (_, code) = await HoldAsync();
        // Other sheets of this database are closed first, so that the line speaks of this one.
        await site.QueryAsync(db => db.SessionPoints.Where(point => point.Session.Code != code).ExecuteUpdateAsync(row => row.SetProperty(point => point.ClosedUtc, site.Clock.UtcNow())));
        var coordinator = await site.SignInAsync("xa.coordinator");
        var due = (await SessionAsync(code)).HandInUtc!.Value;

        var line = (await coordinator.GetPageAsync("/today")).QuerySelectorAll(".notice-warning").Single(notice => notice.TextContent.Contains("chốt", StringComparison.Ordinal));
        Assert.Contains($"Bạn còn 1 danh sách phải chốt trước {due.ToLongText()}", line.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/sessions/{code}/points/P1/sheet", line.QuerySelector("a")!.GetAttribute("href"));

        await coordinator.PostAsync($"/sessions/{code}/points/P1/sheet/close", [], $"/sessions/{code}/points/P1/sheet");
        Assert.DoesNotContain((await coordinator.GetPageAsync("/today")).QuerySelectorAll(".notice-warning"), notice => notice.TextContent.Contains("chốt", StringComparison.Ordinal));
    }

    private async Task<(HttpClient Organizer, string Code)> HoldAsync() =>
        (await site.SignInAsync("so.organizer"), await site.HoldAsync(await site.ApiAsync("so.organizer"), "HAN"));

    private Task<TrainingSession> SessionAsync(string code) => site.QueryAsync(db => db.Sessions.AsNoTracking().SingleAsync(session => session.Code == code));

    private Task CloseAsync() => site.RunAsync<CloseSessionsTask>();

    private async Task TellAsync()
    {
        await site.RunAsync<SweepRemindersTask>();
        await site.RunAsync<SendMessagesTask>();
    }

    /// <summary>"user step" of each message in the application about the sheets of a session.</summary>
    private Task<List<string>> ToldAsync(string code) => site.QueryAsync(async db =>
    {
        var prefix = code + ":";
        var rows = await db.Messages.Where(message => (message.Rule == "sheet-due" || message.Rule == "sheet-missing") && message.Subject.StartsWith(prefix) && message.Channel == MessageChannel.InApp && message.State == MessageState.Sent)
            .Join(db.Users, message => message.UserId, user => user.Id, (message, user) => new { user.UserName, message.Subject }).ToListAsync();
        return rows.Select(row => $"{row.UserName} {row.Subject.Split(':')[1]}").Order(StringComparer.Ordinal).ToList();
    });
}

public sealed class SqliteDeadlineTests(SqliteSite site) : DeadlineTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlDeadlineTests(PostgreSqlSite site) : DeadlineTests(site), IClassFixture<PostgreSqlSite>;
