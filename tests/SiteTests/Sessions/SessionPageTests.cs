using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>A session's page and the list of sessions: an organizer postpones, cancels, closes and discards there; others see it and cannot.</summary>
public abstract class SessionPageTests(SiteFixture site)
{
    [Fact]
    public async Task Show_OfADraftWithoutPoints_LeadsToThemInsteadOfPublishing()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", new(Form("TRANG-DIEM")) { ["OnePointPerCommune"] = "false" });

        var page = await organizer.GetPageAsync("/sessions/TRANG-DIEM");

        Assert.Equal("/sessions/TRANG-DIEM/points", page.QuerySelector(".next-card .btn-primary")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("form[action$='/publish']"));
        await organizer.PostFormFromAsync(await organizer.GetPageAsync("/sessions/TRANG-DIEM/points"), "/sessions/TRANG-DIEM/points/one-per-commune", []);
        Assert.NotNull((await organizer.GetPageAsync("/sessions/TRANG-DIEM")).QuerySelector(".next-card form[action$='/publish']"));
    }

    [Fact]
    public async Task Show_ForALeader_CountsNoPointsThatTheyCannotSee()
    {
        var code = await site.PublishAsync();
        var leader = await site.SignInAsync("to.truong");

        var numbers = (await leader.GetPageAsync($"/sessions/{code}")).QuerySelector("[aria-labelledby=numbers]")!.TextContent;

        Assert.Contains("người được mời", numbers, StringComparison.Ordinal);
        Assert.DoesNotContain("số điểm cầu", numbers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfARunningSession_SaysWhatClosingMeans()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var api = await site.ApiAsync("so.organizer");
        var code = await site.HoldAsync(api, "DONG");
        await site.MarkPresentAsync(api, code, "P1", "SL-000210");
        var invited = await site.QueryAsync(db => db.Invitations.CountAsync(invitation => invitation.Session.Code == code));

        var fold = (await organizer.GetPageAsync($"/sessions/{code}")).QuerySelector("details:has(form[action$='/close'])")!;

        Assert.Contains($"{invited - 1} người chưa có dấu", fold.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("mới xong", fold.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 điểm cầu chưa chốt danh sách", fold.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postpone_WithReason_IsSeenByTheInvited()
    {
        var organizer = await PublishAsync("TRANG-4");

        await organizer.PostFormAsync("/sessions/TRANG-4/postpone", Times("2026-12-10", "08:00", "10:00", "Mưa lũ"), page: "/sessions/TRANG-4");

        var page = (await (await site.SignInAsync("member")).GetPageAsync("/sessions/TRANG-4")).QuerySelector("main")!.TextContent;
        Assert.Contains("Mưa lũ", page, StringComparison.Ordinal);
        Assert.Contains("10/12/2026", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DAO", "2026-12-10", "10:00", "08:00", "")]
    [InlineData("QUA", "2026-11-01", "08:00", "10:00", "Giờ mới đã qua")]
    [InlineData("CU", null, null, null, "Giờ vẫn như cũ")]
    public async Task Postpone_ToNoOtherTimeAhead_KeepsWhatWasTyped(string name, string? day, string? from, string? to, string words)
    {
        var code = $"TRANG-5-{name}";
        var organizer = await PublishAsync(code);
        var stored = await site.QueryAsync(db => db.Sessions.AsNoTracking().SingleAsync(session => session.Code == code));
        var local = VietnamTime.ToLocal(stored.StartUtc);
        from ??= local.ToString("HH:mm");

        var page = await (await organizer.PostFormAsync($"/sessions/{code}/postpone", Times(day ?? local.ToString("yyyy-MM-dd"), from, to ?? VietnamTime.ToLocal(stored.EndUtc).ToString("HH:mm"), "Mưa lũ"), page: $"/sessions/{code}")).ReadPageAsync();

        Assert.Contains(words, page.QuerySelector(".notice-bad")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelector(".notice-bad")!.TextContent.Trim());
        Assert.Equal("Mưa lũ", page.QuerySelector<IHtmlInputElement>("#postpone-reason")!.Value);
        Assert.Equal(from, page.QuerySelector<IHtmlInputElement>("#from0")!.Value);
        Assert.Equal(0, await site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).Select(session => session.Postponements).SingleAsync()));
    }

    [Fact]
    public async Task Cancel_WithReason_IsSeenByTheInvited_AndWithoutIsRefused()
    {
        var organizer = await PublishAsync("TRANG-6");
        await organizer.PostFormAsync("/sessions/TRANG-6/cancel", new() { ["reason"] = " " }, page: "/sessions/TRANG-6");
        Assert.Equal(SessionState.Published, await StateAsync("TRANG-6"));

        await organizer.PostFormAsync("/sessions/TRANG-6/cancel", new() { ["reason"] = "Mất điện toàn huyện" }, page: "/sessions/TRANG-6");

        Assert.Equal(SessionState.Cancelled, await StateAsync("TRANG-6"));
        Assert.Contains("Mất điện toàn huyện", (await (await site.SignInAsync("member")).GetPageAsync("/sessions/TRANG-6")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    public async Task Manage_WithoutTheRight_IsRefused(string user)
    {
        await PublishAsync($"TRANG-7-{user}");
        var client = await site.SignInAsync(user);

        await client.GetPageAsync("/sessions/new", HttpStatusCode.Forbidden);
        foreach (var verb in new[] { "open", "close", "cancel" })
        {
            var answer = await client.PostFormAsync($"/sessions/TRANG-7-{user}/{verb}", new() { ["reason"] = "x" }, page: "/today");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        Assert.Equal(SessionState.Published, await StateAsync($"TRANG-7-{user}"));
    }

    [Fact]
    public async Task Calendar_OfTheInvited_NamesTheirPlace()
    {
        await PublishAsync("TRANG-8");

        var answer = await (await site.SignInAsync("member")).GetAsync("/sessions/TRANG-8/calendar.ics");

        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("LOCATION:UBND", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coordinator_NamedWithoutARole_FindsTheSheetBeforeTheStart()
    {
        var code = await site.PublishAsync(days: 3);
        // The page of the day names the nearest point alone.
        await site.QueryAsync(db => db.Set<PointCoordinator>().ExecuteDeleteAsync());
        var leader = await site.SignInAsync("to.truong");
        var sheet = $"main a[href$='/sessions/{code}/points/P2/sheet']";
        Assert.Null((await leader.GetPageAsync($"/sessions/{code}")).QuerySelector(sheet));
        Assert.Null((await leader.GetPageAsync("/today")).QuerySelector(sheet));

        await site.WithAsync(async services => (await services.GetRequiredService<PointService>().AssignCoordinatorsAsync(code, "P2", ["to.truong"])).Succeeded);

        Assert.NotNull((await leader.GetPageAsync($"/sessions/{code}")).QuerySelector(sheet));
        Assert.NotNull((await leader.GetPageAsync("/today")).QuerySelector(sheet));
    }

    [Fact]
    public async Task List_OfMoreSessionsThanAPageHolds_LeadsToTheOthers()
    {
        var desk = await site.SignInAsync("so.organizer");
        var organizer = await site.ApiAsync("so.organizer");
        for (var number = 0; number < 51; number++)
        {
            var body = Body($"S-MANY-{number}");
            body["blocks"] = new[] { new { start = "2027-03-01T08:00:00+07:00", end = "2027-03-01T10:00:00+07:00" } };
            Assert.Equal(HttpStatusCode.Created, (await organizer.PostAsJsonAsync("/api/v1/sessions", body)).StatusCode);
        }

        var shown = new HashSet<string>();
        string? address = "/sessions";
        while (address is not null)
        {
            var page = await desk.GetPageAsync(address);
            shown.UnionWith(page.QuerySelectorAll("main .session-card a").Select(link => link.GetAttribute("href")!));
            address = page.QuerySelector("main a[rel=next][href*='coming=']")?.GetAttribute("href");
        }

        Assert.Equal(51, shown.Count(link => link.Contains("S-MANY-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Draft_Discarded_IsGoneForEverybodyAndNobodyIsTold()
    {
        var code = await site.PublishAsync(days: 20, publish: false);
        var desk = await site.SignInAsync("so.organizer");
        var page = await desk.GetPageAsync($"/sessions/{code}");

        var answer = await desk.PostFormFromAsync(page, $"/sessions/{code}/discard", []);

        Assert.Equal("/sessions", answer.Headers.Location?.OriginalString);
        Assert.DoesNotContain(code, await desk.GetStringAsync("/sessions"), StringComparison.Ordinal);
        await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/sessions/{code}", HttpStatusCode.NotFound);
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(row => row.Code == code)));
        await desk.GetPageAsync($"/sessions/{code}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Discard_OfWhatIsPublishedMeanwhile_CallsNothingOff()
    {
        var code = await site.PublishAsync(days: 20, publish: false);
        var desk = await site.SignInAsync("so.organizer");
        var page = await desk.GetPageAsync($"/sessions/{code}");
        await (await site.ApiAsync("so.organizer")).DoAsync(code, "publish");

        await desk.PostFormFromAsync(page, $"/sessions/{code}/discard", []);

        Assert.Equal(SessionState.Published, await site.QueryAsync(db => db.Sessions.Where(row => row.Code == code).Select(row => row.State).SingleAsync()));
    }

    private async Task<HttpClient> PublishAsync(string code)
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", Form(code));
        await organizer.PostFormAsync($"/sessions/{code}/publish", [], page: $"/sessions/{code}");
        Assert.Equal(SessionState.Published, await StateAsync(code));
        return organizer;
    }

    private Task<SessionState> StateAsync(string code) => site.QueryAsync(db => db.Sessions.Where(session => session.Code == code).Select(session => session.State).SingleAsync());

    private static Dictionary<string, string?> Times(string day, string from, string to, string reason) =>
        new() { ["blocks[0].Date"] = day, ["blocks[0].Start"] = from, ["blocks[0].End"] = to, ["reason"] = reason };
}

public sealed class SqliteSessionPageTests(SqliteSite site) : SessionPageTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSessionPageTests(PostgreSqlSite site) : SessionPageTests(site), IClassFixture<PostgreSqlSite>;
