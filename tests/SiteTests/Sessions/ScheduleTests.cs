using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;
using static TrainingSite.SiteTests.Sessions.SessionClient;

namespace TrainingSite.SiteTests.Sessions;

/// <summary>An organizer fills in what a session is, once and again.</summary>
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

    private sealed record Stored(string Title, DateTime Start, DateTime End, SessionMode Mode, TeamLevels Levels, int Blocks, int Points, int Topics, int Invited);
}

public sealed class SqliteScheduleTests(SqliteSite site) : ScheduleTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlScheduleTests(PostgreSqlSite site) : ScheduleTests(site), IClassFixture<PostgreSqlSite>;
