using System.Net;
using System.Net.Http.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>An organizer schedules, publishes, postpones and cancels by the pages; others see it and cannot.</summary>
public abstract class ScheduleTests(SiteFixture site)
{
    [Fact]
    public async Task New_InOneSitting_MakesPointsAndPublishes()
    {
        var organizer = await site.SignInAsync("so.organizer");

        var saved = await organizer.PostFormAsync("/sessions/new", Form("TRANG-1"));

        Assert.Equal("/sessions/TRANG-1", saved.Headers.Location?.OriginalString);
        var draft = await organizer.GetPageAsync("/sessions/TRANG-1");
        Assert.Contains("Đã tạo 2 điểm cầu, mỗi xã một điểm.", draft.Body!.TextContent, StringComparison.Ordinal);
        await (await site.SignInAsync("member")).GetPageAsync("/sessions/TRANG-1", HttpStatusCode.NotFound);

        await organizer.PostFormFromAsync(draft, "/sessions/TRANG-1/publish", new() { ["version"] = draft.QuerySelector<IHtmlInputElement>("input[name=version]")!.Value });
        var member = await (await site.SignInAsync("member")).GetPageAsync("/sessions/TRANG-1");
        Assert.Contains("UBND", member.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_WithMistakes_SaysEachAndKeepsWhatWasTyped()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var form = Form("TRANG-2");
        form["Blocks[0].End"] = "07:00";
        form["MoreUnits"] = "99999";
        form["Trainers"] = "Công an tỉnh";

        var page = await (await organizer.PostFormAsync("/sessions/new", form)).ReadPageAsync();

        Assert.True(page.QuerySelectorAll(".error-summary li").Length >= 1);
        Assert.Equal("Công an tỉnh", page.QuerySelector<IHtmlInputElement>("#Trainers")!.Value);
        Assert.Equal("07:00", page.QuerySelector<IHtmlInputElement>("#to0")!.Value);
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => session.Code == "TRANG-2")));
    }

    [Theory]
    [InlineData("Date", "")]
    [InlineData("Start", "")]
    [InlineData("End", "")]
    [InlineData("Date", "1970-01-01")]
    [InlineData("Date", "9999-12-31")]
    public async Task New_WithoutAPlausibleTime_IsRefused(string field, string value)
    {
        var organizer = await site.SignInAsync("so.organizer");

        var page = await (await organizer.PostFormAsync("/sessions/new", new(Form("TRANG-GIO")) { [$"Blocks[0].{field}"] = value })).ReadPageAsync();

        Assert.Contains(value.Length == 0 ? "thiếu ngày, giờ bắt đầu hoặc giờ kết thúc" : "quá xa hôm nay", page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.QueryAsync(db => db.Sessions.AnyAsync(session => session.Code == "TRANG-GIO")));
    }

    [Fact]
    public async Task Edit_OfAPublishedSession_SavesWordsAndKeepsWhatItsFormDoesNotSend()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", Form("TRANG-CHU"));
        var draft = await organizer.GetPageAsync("/sessions/TRANG-CHU");
        await organizer.PostFormFromAsync(draft, "/sessions/TRANG-CHU/publish", new() { ["version"] = draft.QuerySelector<IHtmlInputElement>("input[name=version]")!.Value });
        var before = await StoredAsync();
        var page = await organizer.GetPageAsync("/sessions/TRANG-CHU/edit");
        var form = page.QuerySelector<IHtmlFormElement>("form[data-schedule]")!;
        // As a browser sends it: what is disabled is left out.
        var sent = form.Elements.OfType<IHtmlInputElement>().Where(input => input.Name is { Length: > 0 } && !input.IsDisabled && input.Closest("fieldset[disabled]") is null && (input.Type is not ("checkbox" or "radio") || input.IsChecked))
            .GroupBy(input => input.Name!).ToDictionary(group => group.Key, group => (string?)group.Last().Value);
        sent.Remove("__RequestVerificationToken");
        Assert.DoesNotContain(sent.Keys, name => name.StartsWith("Blocks", StringComparison.Ordinal));

        sent["Title"] = "";
        var answer = await organizer.PostFormFromAsync(page, "/sessions/TRANG-CHU/edit", new(sent));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var refused = await answer.ReadPageAsync();
        Assert.Equal(page.QuerySelector<IHtmlInputElement>("#from0")!.Value, refused.QuerySelector<IHtmlInputElement>("#from0")!.Value);
        (sent["Title"], sent["Description"]) = ("Tên mới", "Mang căn cước");
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.PostFormFromAsync(page, "/sessions/TRANG-CHU/edit", sent)).StatusCode);

        Assert.Equal(before with { Title = "Tên mới" }, await StoredAsync());

        Task<Stored> StoredAsync() => site.QueryAsync(db => db.Sessions.Where(session => session.Code == "TRANG-CHU").Select(session => new Stored(
            session.Title, session.StartUtc, session.EndUtc, session.Mode, session.InvitedLevels,
            db.Set<SessionBlock>().Count(block => block.SessionId == session.Id), db.Set<SessionPoint>().Count(point => point.SessionId == session.Id), db.Set<SessionTopic>().Count(topic => topic.SessionId == session.Id), db.Set<Invitation>().Count(invitation => invitation.SessionId == session.Id))).SingleAsync());
    }

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

    private sealed record Stored(string Title, DateTime Start, DateTime End, SessionMode Mode, TeamLevels Levels, int Blocks, int Points, int Topics, int Invited);

    [Fact]
    public async Task Edit_OfADistrictsDraftByTheProvince_LeavesItTheDistricts()
    {
        await site.AccountAsync("huyen.nhap", Roles.DistrictOfficer, "116");
        var officer = await site.SignInAsync("huyen.nhap");
        await officer.PostFormAsync("/sessions/new", new(Form("TRANG-HUYEN")) { ["MoreUnits"] = "03646" });
        var organizer = await site.SignInAsync("so.organizer");
        var form = await organizer.GetPageAsync("/sessions/TRANG-HUYEN/edit");

        var saved = await organizer.PostFormFromAsync(form, "/sessions/TRANG-HUYEN/edit", new(Form("TRANG-HUYEN")) { ["MoreUnits"] = "03646", ["Title"] = "Tên đã sửa", ["Version"] = form.QuerySelector<IHtmlInputElement>("input[name=Version]")!.Value });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Tên đã sửa", (await officer.GetPageAsync("/sessions/TRANG-HUYEN")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_OfACommuneInvited_TicksItUnderItsDistrict()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", new(Form("TRANG-XA")) { ["MoreUnits"] = "", ["Units"] = "03646" });

        var page = await organizer.GetPageAsync("/sessions/TRANG-XA/edit");

        var commune = page.QuerySelector<IHtmlInputElement>("[name=Units][value='03646']")!;
        Assert.True(commune.IsChecked);
        Assert.True(commune.Closest("details[open]")!.TextContent.Contains("Thành phố Sơn La", StringComparison.Ordinal));
        Assert.Equal("", page.QuerySelector<IHtmlInputElement>("#MoreUnits")!.Value);
    }

    [Fact]
    public async Task New_InEnglish_SaysMistakesInEnglish()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/language", new() { ["culture"] = "en", ["returnUrl"] = "/today" }, page: "/today");

        var page = await (await organizer.PostFormAsync("/sessions/new", new(Form("TRANG-EN")) { ["Title"] = "", ["Organizers"] = new('x', 501) })).ReadPageAsync();

        Assert.Equal(["Organising unit takes at most 500 characters.", "Please enter Training session title."], page.QuerySelectorAll(".error-summary li").Select(item => item.TextContent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task New_DayAlreadyTaken_ProposesAFreeCode()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var first = (await organizer.GetPageAsync("/sessions/new")).QuerySelector<IHtmlInputElement>("#Code")!.Value;
        await organizer.PostFormAsync("/sessions/new", Form(first));

        Assert.Equal(first + "-2", (await organizer.GetPageAsync("/sessions/new")).QuerySelector<IHtmlInputElement>("#Code")!.Value);
    }

    [Theory]
    [InlineData("116", "32")]
    [InlineData("03649", "15")]
    [InlineData("khong-co", "0")]
    public async Task Count_AsUnitsChange_SaysHowMany(string units, string people)
    {
        var organizer = await site.SignInAsync("so.organizer");
        var form = Form("");
        form["MoreUnits"] = units;

        var count = await (await organizer.PostFormAsync("/sessions/count", form, page: "/sessions/new")).ReadPageAsync();

        Assert.StartsWith($"{people} người", count.Body!.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_TwoOrganizers_SecondIsToldAndKeepsTheText()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await organizer.PostFormAsync("/sessions/new", Form("TRANG-3"));
        var opened = await organizer.GetPageAsync("/sessions/TRANG-3/edit");
        var form = Form("TRANG-3");
        form["Version"] = opened.QuerySelector<IHtmlInputElement>("input[name=Version]")!.Value;
        var other = await site.SignInAsync("admin");
        Assert.Equal(HttpStatusCode.Redirect, (await other.PostFormAsync("/sessions/TRANG-3/edit", new(form) { ["Title"] = "Tên của người kia" })).StatusCode);

        var refused = await (await organizer.PostFormAsync("/sessions/TRANG-3/edit", new(form) { ["Title"] = "Tên của tôi" })).ReadPageAsync();

        Assert.Contains("người khác đã", refused.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Tên của tôi", refused.QuerySelector<IHtmlInputElement>("#Title")!.Value);
        Assert.Equal("Tên của người kia", await site.QueryAsync(db => db.Sessions.Where(session => session.Code == "TRANG-3").Select(session => session.Title).SingleAsync()));
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

public sealed class SqliteScheduleTests(SqliteSite site) : ScheduleTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlScheduleTests(PostgreSqlSite site) : ScheduleTests(site), IClassFixture<PostgreSqlSite>;
