using System.Net;
using AngleSharp.Dom;
using TrainingSite.Sessions.Conflicts.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>"Cần xem lại": what devices say differently, wrong rooms, marks after closing; a person decides, the log keeps everything.</summary>
public abstract class ConflictTests(SiteFixture site)
{
    private int _marks;

    private DateTimeOffset Now => site.Clock.GetUtcNow();

    [Fact]
    public async Task TwoDevices_ShownSideBySide_AreSettledByOneTap()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.SendOneAsync(code, Mark("SL-000001", "in"), "phone-1");
        await organizer.SendOneAsync(code, Mark("SL-000001", "absent", method: "paper"), "phone-2");
        var coordinator = await site.SignInAsync("xa.coordinator");

        var page = await ReviewsAsync(coordinator, code);
        var sides = page.QuerySelectorAll("[data-review=SL-000001] .review-side");
        Assert.Equal(2, sides.Length);
        Assert.Contains("phone-1", sides[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("nhập từ giấy", sides[1].TextContent, StringComparison.Ordinal);
        Assert.All(sides, side => Assert.Contains("Cán bộ Sở", side.TextContent, StringComparison.Ordinal));
        await ChooseAsync(coordinator, page, sides[0]);

        var row = await organizer.AttendanceOfAsync(code, "SL-000001");
        Assert.Equal(("present", false), (row.GetProperty("status").GetString(), row.GetProperty("conflict").GetBoolean()));
        Assert.Empty((await ReviewsAsync(coordinator, code)).QuerySelectorAll("[data-review]"));
        var log = await coordinator.GetPageAsync($"/sessions/{code}/people/SL-000001/log");
        Assert.Equal(3, log.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Cán bộ phường Chiềng Lề", log.QuerySelector("tbody tr:last-child")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settled_BeforeADeviceWhoseClockRunsAhead_Stands()
    {
        var (organizer, code) = await OpenAsync();
        var ahead = Mark("SL-000002", "absent");
        ahead["at"] = Now.AddHours(3);
        await organizer.SendOneAsync(code, ahead, "phone-1");
        await organizer.SendOneAsync(code, Mark("SL-000002", "in"), "phone-2");
        var boss = await site.SignInAsync("so.organizer");
        var page = await ReviewsAsync(boss, code);

        await ChooseAsync(boss, page, page.QuerySelectorAll("[data-review=SL-000002] .review-side").Single(side => side.TextContent.Contains("phone-2", StringComparison.Ordinal)));

        var row = await organizer.AttendanceOfAsync(code, "SL-000002");
        Assert.Equal(("present", false), (row.GetProperty("status").GetString(), row.GetProperty("conflict").GetBoolean()));
    }

    [Fact]
    public async Task TwoRooms_OneOfThemNotTheirs_IsChosenByWhoServesIt()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.SendOneAsync(code, Mark("SL-000001", "in"), "phone-1");
        await organizer.SendOneAsync(code, Mark("SL-000001", "in", point: "P2"), "phone-2");
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await ReviewsAsync(coordinator, code);

        var sides = page.QuerySelectorAll("[data-review=SL-000001] .review-side");
        Assert.Equal([true, false], sides.Select(side => side.QuerySelector("form") is not null));
        var refused = await coordinator.PostFormFromAsync(page, $"/sessions/{code}/conflicts/settle", new() { ["member"] = "SL-000001", ["status"] = "Present", ["point"] = "P2" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.True((await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("conflict").GetBoolean());
        var boss = await site.SignInAsync("so.organizer");
        page = await ReviewsAsync(boss, code);
        await ChooseAsync(boss, page, page.QuerySelectorAll("[data-review=SL-000001] .review-side")[1]);
        Assert.Equal("P2", (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("point").GetString());
    }

    [Fact]
    public async Task Settled_AfterClosing_ByTheCoordinator_IsTaken()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.SendOneAsync(code, Mark("SL-000001", "in"), "phone-1");
        await organizer.SendOneAsync(code, Mark("SL-000001", "absent"), "phone-2");
        await organizer.DoAsync(code, "close");
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await ReviewsAsync(coordinator, code);

        await coordinator.PostFormFromAsync(page, $"/sessions/{code}/conflicts/settle", new() { ["member"] = "SL-000001", ["status"] = "Excused", ["note"] = "ốm, có báo" });

        Assert.Equal("excused", (await organizer.AttendanceOfAsync(code, "SL-000001")).GetProperty("status").GetString());
        Assert.Contains("ốm, có báo", (await coordinator.GetPageAsync($"/sessions/{code}/people/SL-000001/log")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        // The way of programs stays shut: only a decision on the page is taken after closing.
        var late = Mark("SL-000002", "correction");
        late["status"] = "present";
        Assert.Equal(("rejected", "session_not_open"), await (await site.ApiAsync("xa.coordinator")).SendOneAsync(code, late));
    }

    [Fact]
    public async Task AfterClosing_Accepted_LeavesTheListAndTheMark()
    {
        var (organizer, code) = await OpenAsync();
        await organizer.DoAsync(code, "close");
        var closed = Now;
        site.Clock.Advance(TimeSpan.FromMinutes(20));
        var late = Mark("SL-000003", "in");
        late["at"] = closed.AddMinutes(5);
        Assert.Equal(("recorded", null), await organizer.SendOneAsync(code, late));
        var coordinator = await site.SignInAsync("xa.coordinator");
        var page = await ReviewsAsync(coordinator, code, "AfterClosing");
        Assert.NotNull(page.QuerySelector("[data-review=SL-000003]"));

        Assert.Equal(HttpStatusCode.Redirect, (await coordinator.PostFormFromAsync(page, $"/sessions/{code}/conflicts/accept", new() { ["member"] = "SL-000003" })).StatusCode);
        await coordinator.PostFormFromAsync(page, $"/sessions/{code}/conflicts/accept", new() { ["member"] = "SL-000003" });

        Assert.Null((await ReviewsAsync(coordinator, code)).QuerySelector("[data-review]"));
        Assert.Equal("present", (await organizer.AttendanceOfAsync(code, "SL-000003")).GetProperty("status").GetString());
        var review = Assert.Single(await site.QueryAsync(db => db.Set<ReviewedEvent>().Where(row => db.Set<AttendanceEvent>().Any(fact => fact.Id == row.EventId && db.Set<TrainingSession>().Any(session => session.Id == fact.SessionId && session.Code == code))).ToListAsync()));
        Assert.Equal("Cán bộ phường Chiềng Lề", review.UserName);
    }

    [Fact]
    public async Task List_ByKindAndScope_CountsWhatTheReaderDecides()
    {
        var (organizer, code) = await OpenAsync();
        foreach (var (person, point) in new[] { ("SL-000001", "P1"), ("SL-000012", "P2") })
        {
            await organizer.SendOneAsync(code, Mark(person, "in", point: point), "phone-1");
            await organizer.SendOneAsync(code, Mark(person, "absent", point: point), "phone-2");
        }

        var coordinator = await site.SignInAsync("xa.coordinator");
        var boss = await site.SignInAsync("so.organizer");

        Assert.Equal(["SL-000001"], Shown(await ReviewsAsync(coordinator, code)));
        Assert.Equal(["SL-000001", "SL-000012"], Shown(await ReviewsAsync(boss, code)));
        Assert.Equal(["SL-000001", "SL-000012"], Shown(await ReviewsAsync(boss, code, "Devices")));
        Assert.Empty(Shown(await ReviewsAsync(boss, code, "WrongRoom")));
        Assert.Contains("2", (await boss.GetPageAsync($"/sessions/{code}")).QuerySelector($"a[href='/sessions/{code}/conflicts']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1", (await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet")).QuerySelector($".sheet-links a[href='/sessions/{code}/conflicts']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.GetAsync($"/sessions/{code}/people/SL-000012/log")).StatusCode);
        var page = await ReviewsAsync(coordinator, code);
        Assert.Equal(HttpStatusCode.NotFound, (await coordinator.PostFormFromAsync(page, $"/sessions/{code}/conflicts/settle", new() { ["member"] = "SL-000012", ["status"] = "Present" })).StatusCode);
        foreach (var other in new[] { "to.truong", "member" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync(other)).GetAsync($"/sessions/{code}/conflicts")).StatusCode);
        }
    }

    private async Task<(HttpClient Organizer, string Code)> OpenAsync()
    {
        var code = $"XEM-{Guid.NewGuid().ToString("N")[..8]}";
        var organizer = await site.ApiAsync("so.organizer");
        var body = Body(code);
        body["blocks"] = new object[] { new { start = Now.AddHours(-1), end = Now.AddHours(1) } };
        return (organizer, await organizer.OpenSessionAsync(code, body));
    }

    /// <summary>A mark of a moment ago, each later than the one before: of two at the same moment the id would decide.</summary>
    private Dictionary<string, object?> Mark(string member, string kind, string point = "P1", string method = "roster") =>
        new(Event(member, kind, point: point, method: method)) { ["at"] = Now.AddSeconds(_marks++ - 60) };

    private static Task<IDocument> ReviewsAsync(HttpClient client, string code, string? kind = null) => client.GetPageAsync($"/sessions/{code}/conflicts?kind={kind}");

    private static List<string> Shown(IDocument page) => [.. page.QuerySelectorAll("[data-review]").Select(item => item.GetAttribute("data-review")!)];

    /// <summary>Presses "Đúng là thế này" beside what one device says.</summary>
    private static async Task ChooseAsync(HttpClient client, IDocument page, IElement side)
    {
        var form = side.QuerySelector("form")!;
        var fields = form.QuerySelectorAll("input[name]").Where(input => input.GetAttribute("name") != "__RequestVerificationToken").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostFormFromAsync(page, form.GetAttribute("action")!, fields)).StatusCode);
    }
}

public sealed class SqliteConflictTests(SqliteSite site) : ConflictTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlConflictTests(PostgreSqlSite site) : ConflictTests(site), IClassFixture<PostgreSqlSite>;
