using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>The sheet of a point in a browser without script: marks, corrections, who came uninvited, the state, the end.</summary>
public abstract class SheetTests(SiteFixture site)
{
    [Fact]
    public async Task Mark_ThenCorrected_ShowsTheLastAndKeepsBoth()
    {
        var (coordinator, code) = await OpenAsync();

        await MarkAsync(coordinator, code, "SL-000001", "in");
        await MarkAsync(coordinator, code, "SL-000001", "absent");

        Assert.Equal("absent", (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000001]")!.GetAttribute("data-state"));
        Assert.Equal([AttendanceKind.In, AttendanceKind.Absent], await site.QueryAsync(db => EventsOf(db, code)
            .Where(row => db.Set<Person>().Any(person => person.Id == row.PersonId && person.Code == "SL-000001")).OrderBy(row => row.ReceivedUtc).ThenBy(row => row.Id).Select(row => row.Kind).ToListAsync()));
    }

    [Theory]
    [InlineData("late", "late")]
    [InlineData("left_early", "left_early")]
    [InlineData("excused", "excused")]
    [InlineData("none", "none")]
    public async Task Mark_EachKind_IsShown(string kind, string state)
    {
        var (coordinator, code) = await OpenAsync();

        await MarkAsync(coordinator, code, "SL-000002", "in");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await MarkAsync(coordinator, code, "SL-000002", kind);

        Assert.Equal(state, (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000002]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Mark_SomebodyOfAnotherPoint_IsTakenAtTheRoomTheyCameTo()
    {
        var (coordinator, code) = await OpenAsync();

        await MarkAsync(coordinator, code, "SL-000012", "in");

        var organizer = await site.ApiAsync("so.organizer");
        Assert.Equal("P1", (await organizer.AttendanceOfAsync(code, "SL-000012")).GetProperty("point").GetString());
    }

    [Fact]
    public async Task WalkIn_FoundWithoutAccents_IsAddedAndPresent()
    {
        var (coordinator, code) = await OpenAsync(roles: "leader");
        var name = await site.QueryAsync(db => db.People.Where(person => person.Code == "SL-000002").Select(person => person.FullName).SingleAsync());
        var page = await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet/walk-in?q={Uri.EscapeDataString(VietnameseText.Fold(name))}");
        Assert.Contains(name, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await coordinator.PostFormFromAsync(page, $"/sessions/{code}/points/P1/sheet/walk-in", new() { ["member"] = "SL-000002" });

        Assert.Equal("in", (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000002]")!.GetAttribute("data-state"));
        Assert.True(await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Person.Code == "SL-000002").Select(row => row.IsWalkIn).SingleAsync()));
    }

    [Fact]
    public async Task Sheet_OfSomebodyWhoCameToAnotherPoint_HasThemWhereTheySit()
    {
        var (coordinator, code) = await OpenAsync();
        var organizer = await site.ApiAsync("so.organizer");
        var (invited, all) = await site.QueryAsync(async db => (
            await db.Invitations.Where(row => row.Session.Code == code && row.Point.Code == "P2").OrderBy(row => row.Person.Code).Select(row => row.Person.Code).FirstAsync(),
            await db.Invitations.CountAsync(row => row.Session.Code == code && row.Point.Code == "P1")));
        await MarkAsync(coordinator, code, invited, "in");

        var here = await SheetAsync(coordinator, code);
        var there = await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}/points/P2/sheet");

        var row = here.QuerySelector($"[data-person={invited}]")!;
        Assert.Equal("in", row.GetAttribute("data-state"));
        Assert.Contains("mời ở", row.QuerySelector(".sheet-meta")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"1/{all + 1}", here.QuerySelector(".sheet-count b")!.TextContent);
        Assert.Equal("elsewhere", there.QuerySelector($"[data-person={invited}]")!.GetAttribute("data-state"));
        Assert.Contains("Đang ở", there.QuerySelector($"[data-person={invited}] .sheet-notes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("0", there.QuerySelector("[data-sheet-present]")!.TextContent);
        Assert.Equal(1, (await organizer.GetFromJsonAsync<JsonElement>($"/api/v1/sessions/{code}/summary")).GetProperty("points").EnumerateArray().Single(point => point.GetProperty("code").GetString() == "P1").GetProperty("counts").GetProperty("attended").GetInt32());
    }

    [Fact]
    public async Task Sheet_WhereMoreWereCountedThanMarked_SaysSoBeforeItIsClosed()
    {
        var (coordinator, code) = await OpenAsync();
        await MarkAsync(coordinator, code, "SL-000001", "in");
        var state = new Dictionary<string, string?> { ["state"] = "Connected", ["headCount"] = "12" };

        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/state", state, page: $"/sessions/{code}/points/P1/sheet");

        Assert.Contains("Đếm được 12 người mà mới điểm danh 1", (await SheetAsync(coordinator, code)).QuerySelector("section[aria-labelledby=close-head]")!.TextContent, StringComparison.Ordinal);
        state["headCount"] = "1";
        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/state", state, page: $"/sessions/{code}/points/P1/sheet");
        Assert.DoesNotContain("Đếm được", (await SheetAsync(coordinator, code)).QuerySelector("section[aria-labelledby=close-head]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheet_OfSomebodyCalledAbsentFromAnotherPoint_DoesNotHaveThemThere()
    {
        var (_, code) = await OpenAsync();
        var organizer = await site.ApiAsync("so.organizer");
        var invited = await site.QueryAsync(db => db.Invitations.Where(row => row.Session.Code == code && row.Point.Code == "P2").OrderBy(row => row.Person.Code).Select(row => row.Person.Code).Take(2).ToListAsync());
        await organizer.SendAsync(code, "phone-1", Event(invited[0], "in"), Event(invited[1], "absent"));

        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync($"/sessions/{code}/points/P2/sheet");

        Assert.Equal(["elsewhere", "absent"], invited.Select(person => page.QuerySelector($"[data-person={person}]")!.GetAttribute("data-state")));
    }

    [Fact]
    public async Task Sheet_ThatIsClosed_SaysOfWhoHasNoMarkWhatReportsCount()
    {
        var (coordinator, code) = await OpenAsync();
        await MarkAsync(coordinator, code, "SL-000001", "in");

        await coordinator.PostFormFromAsync(await SheetAsync(coordinator, code), $"/sessions/{code}/points/P1/sheet/close", []);

        var closed = await SheetAsync(coordinator, code);
        Assert.Equal("0", closed.QuerySelector("[data-sheet-filter=none] .num")!.TextContent);
        Assert.Equal(closed.QuerySelectorAll("[data-sheet] .sheet-row").Length - 1, closed.QuerySelectorAll("[data-sheet] .sheet-row[data-state=absent]").Length);
        await coordinator.PostFormFromAsync(closed, $"/sessions/{code}/points/P1/sheet/reopen", []);
        Assert.Empty((await SheetAsync(coordinator, code)).QuerySelectorAll("[data-sheet] .sheet-row[data-state=absent]"));
    }

    [Fact]
    public async Task WalkIn_UnknownCode_SaysSoAndAddsNobody()
    {
        var (coordinator, code) = await OpenAsync(roles: "leader");

        var answer = await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/walk-in", new() { ["member"] = "SL-999999" }, page: $"/sessions/{code}/points/P1/sheet");

        Assert.Contains("SL-999999", (await coordinator.GetPageAsync(answer.Headers.Location!.OriginalString)).QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Invitations.AnyAsync(row => row.Session.Code == code && row.IsWalkIn)));
    }

    [Fact]
    public async Task State_LostWithReason_IsSeenByTheOrganizer()
    {
        var (coordinator, code) = await OpenAsync();

        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/state", new() { ["state"] = "Lost", ["reasonCode"] = "mat-dien", ["headCount"] = "12" }, page: $"/sessions/{code}/points/P1/sheet");

        var organizer = await site.SignInAsync("so.organizer");
        var row = (await organizer.GetPageAsync($"/sessions/{code}/points")).QuerySelectorAll("tbody tr").Single(line => line.TextContent.Contains("Chiềng Lề", StringComparison.Ordinal));
        Assert.Contains("Mất điện", row.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("12", row.QuerySelector("[data-label='Đếm được']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_PeopleOnTheLineOfAMixedSession_AreShownWherePeopleAreCounted()
    {
        var (coordinator, code) = await OpenAsync(mode: "mixed");
        var sheet = await SheetAsync(coordinator, code);
        Assert.NotNull(sheet.QuerySelector("form[data-report] input[name=onlineCount]"));

        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/state", new() { ["state"] = "Connected", ["headCount"] = "12", ["onlineCount"] = "7" });

        Assert.Equal("7", (await SheetAsync(coordinator, code)).QuerySelector("#onlineCount")!.GetAttribute("value"));
        var organizer = await site.SignInAsync("so.organizer");
        var row = (await organizer.GetPageAsync($"/sessions/{code}/points")).QuerySelectorAll("tbody tr").Single(line => line.TextContent.Contains("Chiềng Lề", StringComparison.Ordinal));
        Assert.Contains("7 qua mạng", row.QuerySelector("[data-label='Đếm được']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("7 qua mạng", (await organizer.GetPageAsync($"/sessions/{code}/live")).QuerySelector("[data-point=P1]")!.TextContent, StringComparison.Ordinal);
        var page = await organizer.GetPageAsync($"/sessions/{code}");
        Assert.Equal("7", page.QuerySelectorAll(".stats dt").Single(term => term.TextContent == "người đếm được qua mạng").NextElementSibling!.TextContent);
    }

    [Fact]
    public async Task State_OfASessionInTheRoom_AsksForNobodyOnTheLine()
    {
        var (coordinator, code) = await OpenAsync();

        Assert.Null((await SheetAsync(coordinator, code)).QuerySelector("#onlineCount"));
    }

    [Fact]
    public async Task Close_ThenMark_IsRefusedUntilReopened()
    {
        var (coordinator, code) = await OpenAsync();
        var sheet = await SheetAsync(coordinator, code);
        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/close", []);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty((await SheetAsync(coordinator, code)).QuerySelectorAll(".sheet-mark"));

        var late = await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = "SL-000001", ["kind"] = "in" });
        Assert.Contains("danh sách đã chốt", (await coordinator.GetPageAsync(late.Headers.Location!.OriginalString)).QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);

        await coordinator.PostFormFromAsync(sheet, $"/sessions/{code}/points/P1/sheet/reopen", []);
        await MarkAsync(coordinator, code, "SL-000001", "in");
        Assert.Equal("in", (await SheetAsync(coordinator, code)).QuerySelector("[data-person=SL-000001]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Sheet_WithPeopleWithoutAMark_AsksBeforeItIsClosed()
    {
        var (coordinator, code) = await OpenAsync();
        await MarkAsync(coordinator, code, "SL-000001", "in");

        var sheet = await SheetAsync(coordinator, code);

        var all = sheet.QuerySelectorAll("[data-sheet] .sheet-row").Length;
        var consent = sheet.QuerySelector<IHtmlInputElement>("form[action$='/sheet/close'] input[type=checkbox]")!;
        Assert.True(consent is { IsRequired: true, IsDisabled: false });
        Assert.Equal($"Tính {all - 1} người chưa có dấu là vắng", sheet.QuerySelector($"label[for={consent.Id}]")!.TextContent);

        foreach (var row in sheet.QuerySelectorAll("[data-sheet] .sheet-row[data-state=none]"))
        {
            await MarkAsync(coordinator, code, row.GetAttribute("data-person")!, "absent");
        }

        Assert.True((await SheetAsync(coordinator, code)).QuerySelector<IHtmlInputElement>("form[action$='/sheet/close'] input[type=checkbox]")!.IsDisabled);
    }

    [Fact]
    public async Task Sheet_OfAClosedSession_SaysSoAndOffersNoMarks()
    {
        var (coordinator, code) = await OpenAsync();
        await (await site.ApiAsync("so.organizer")).DoAsync(code, "close");

        var sheet = await SheetAsync(coordinator, code);

        Assert.Contains("đã đóng", sheet.QuerySelector("main .notice-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(sheet.QuerySelectorAll(".sheet-mark"));
        Assert.Null(sheet.QuerySelector("[data-open-walk-in]"));
        // The clock closes a session before its lists are due.
        await coordinator.PostFormFromAsync(sheet, sheet.QuerySelector("form[action$='/sheet/close']")!.GetAttribute("action")!, []);
        Assert.NotNull(await site.QueryAsync(db => db.SessionPoints.Where(row => row.Session.Code == code && row.Code == "P1").Select(row => row.ClosedUtc).SingleAsync()));
    }

    [Fact]
    public async Task State_AbsentForAReasonOfTheList_IsTheReasonThatAMemberReads()
    {
        var (coordinator, code) = await OpenAsync();
        await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/state", new() { ["state"] = "Absent", ["reasonCode"] = "mat-dien" }, page: $"/sessions/{code}/points/P1/sheet");

        var page = await (await site.SignInAsync("member")).GetPageAsync($"/sessions/{code}");

        Assert.Contains("Điểm cầu này vắng: mất điện", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("walk-in", "")]
    [InlineData("walk-in", null)]
    [InlineData("mark", null)]
    public async Task WalkInOrMark_OfNobody_IsRefusedInWords(string action, string? member)
    {
        var (coordinator, code) = await OpenAsync();
        var fields = new Dictionary<string, string?> { ["kind"] = "in" };
        if (member is not null)
        {
            fields["member"] = member;
        }

        var answer = await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/{action}", fields, page: $"/sessions/{code}/points/P1/sheet");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("Hãy chọn", (await coordinator.GetPageAsync(answer.Headers.Location!.OriginalString)).QuerySelector("#toasts")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    public async Task Sheet_OfOthers_IsRefused(string user)
    {
        var (_, code) = await OpenAsync();
        var client = await site.SignInAsync(user);

        Assert.Contains((await client.GetAsync($"/sessions/{code}/points/P2/sheet")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        var answer = await client.PostFormAsync($"/sessions/{code}/points/P2/sheet/mark", new() { ["member"] = "SL-000012", ["kind"] = "in" }, page: "/today");
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.Redirect });
        Assert.False(await site.QueryAsync(db => EventsOf(db, code).AnyAsync()));
    }

    private async Task<(HttpClient Coordinator, string Code)> OpenAsync(string? roles = null, string mode = "in_person")
    {
        var code = $"SO-{Guid.NewGuid().ToString("N")[..8]}";
        var body = Body(code);
        body["mode"] = mode;
        if (roles is not null)
        {
            body["invite"] = new { units = new[] { "116" }, roles = new[] { roles } };
        }

        await (await site.ApiAsync("so.organizer")).OpenSessionAsync(code, body);
        return (await site.SignInAsync("xa.coordinator"), code);
    }

    private static IQueryable<AttendanceEvent> EventsOf(SiteDbContext db, string code) =>
        db.Set<AttendanceEvent>().Where(row => db.Set<TrainingSession>().Any(session => session.Id == row.SessionId && session.Code == code));

    private static async Task<IDocument> SheetAsync(HttpClient coordinator, string code) => await coordinator.GetPageAsync($"/sessions/{code}/points/P1/sheet");

    private static async Task MarkAsync(HttpClient coordinator, string code, string member, string kind)
    {
        var answer = await coordinator.PostFormAsync($"/sessions/{code}/points/P1/sheet/mark", new() { ["member"] = member, ["kind"] = kind }, page: $"/sessions/{code}/points/P1/sheet");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}

public sealed class SqliteSheetTests(SqliteSite site) : SheetTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSheetTests(PostgreSqlSite site) : SheetTests(site), IClassFixture<PostgreSqlSite>;
