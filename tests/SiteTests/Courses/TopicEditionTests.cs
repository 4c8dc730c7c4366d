using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;
using TrainingSite.Search.Models;
using TrainingSite.SiteTests.Organization;

namespace TrainingSite.SiteTests.Courses;

public abstract class TopicEditionTests(SiteFixture site)
{
    [Fact]
    public async Task Save_FromALaterDay_HoldsFromThatDayAndNotBefore()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var saved = await SaveAsync(organizer, "T5", "Sức khỏe số", from: "2026-12-01");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("Sức khỏe", await NameAsync("T5"));
        Assert.Contains("01/12/2026: Sức khỏe số", (await organizer.GetPageAsync("/topics")).Words(), StringComparison.Ordinal);

        await AtAsync(new(2026, 12, 1), async () =>
        {
            await ApplyAsync();
            Assert.Equal("Sức khỏe số", await NameAsync("T5"));
            var names = await site.WithAsync(services => services.GetRequiredService<IEnumerable<ISearchTopics>>().Single().GetNamesAsync(default));
            Assert.Equal("Sức khỏe số", names["T5"]);
        });

        Assert.Equal("Sức khỏe", (await site.QueryAsync(db => db.GetTopicNamesAsync(new(2026, 11, 30))))["T5"]);
        Assert.Equal("Sức khỏe số", (await site.QueryAsync(db => db.GetTopicNamesAsync(new(2026, 12, 1))))["T5"]);
    }

    [Fact]
    public async Task Report_OfAPastDay_KeepsTheNameOfThatDay()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T7", "An toàn số", from: "2026-12-02");
        var client = await site.ApiAsync("so.organizer");

        await AtAsync(new(2026, 12, 5), async () =>
        {
            await ApplyAsync();
            Assert.Contains("An toàn trên mạng", await ReportAsync(client, "2026-12-01"));
            Assert.Contains("An toàn số", await ReportAsync(client, "2026-12-03"));
            Assert.Contains("An toàn số", (await site.CreateClient().GetPageAsync("/courses")).Words(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Session_BeforeTheChange_ShowsTheNameOfItsDay()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T7", "An ninh mạng", from: "2026-12-20");

        await AtAsync(new(2026, 12, 21), async () =>
        {
            await ApplyAsync();
            var reader = await site.SignInAsync("so.organizer");
            var words = (await reader.GetPageAsync("/sessions/TH-SAPTOI")).Words();
            Assert.DoesNotContain("An ninh mạng", words, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Save_EndOfOffer_TakesTheTopicFromTheChoicesAndKeepsWhatHasIt()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T6", "Giáo dục", from: "2026-11-22", until: "2026-11-30");
        Assert.Contains("T6", await ChoicesAsync(organizer));

        await AtAsync(new(2026, 12, 1), async () =>
        {
            await ApplyAsync();
            var later = await site.SignInAsync("so.organizer");
            Assert.DoesNotContain("T6", await ChoicesAsync(later));
            Assert.Contains("Đã thôi dùng", (await later.GetPageAsync("/topics")).Words(), StringComparison.Ordinal);
            Assert.Equal("Giáo dục", await NameAsync("T6"));
        });
    }

    [Fact]
    public async Task Save_ForOneUnit_IsOfferedThereOnly()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T8", "Nền tảng số của địa phương", from: "2026-11-22", unit: "127");

        var forCity = await site.QueryAsync(db => db.Topics.OfferedTo(Reader("Coordinator|14/116/03646/")).Select(topic => topic.Code).ToListAsync());
        var forDistrict = await site.QueryAsync(db => db.Topics.OfferedTo(Reader("Coordinator|14/127/04225/")).Select(topic => topic.Code).ToListAsync());

        Assert.DoesNotContain("T8", forCity);
        Assert.Contains("T8", forDistrict);
        Assert.Contains("T8", await ChoicesAsync(organizer));
        Assert.Contains("T8", await site.QueryAsync(db => db.Topics.OfferedTo(Reader("Coordinator|14/116/03646/"), "T8").Select(topic => topic.Code).ToListAsync()));
    }

    [Theory]
    [InlineData("2026-11-21", "", "", "2026-11-30", "giữ nguyên")]
    [InlineData("2036-11-21", "", "", "", "giữ nguyên")]
    [InlineData("2026-11-25", "", "khong-co", "", "khong-co")]
    [InlineData("2026-11-25", "2026-11-24", "", "", "Ngày cuối")]
    public async Task Save_WrongInput_SaysWhereAndChangesNothing(string from, string until, string unit, string name, string expected)
    {
        var organizer = await site.SignInAsync("so.organizer");

        var answer = await SaveAsync(organizer, "T9", $"Sai {name}", from, until, unit);

        Assert.Contains(expected, (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Single(await site.QueryAsync(db => db.TopicEditions.AsNoTracking().Where(edition => edition.Code == "T9").ToListAsync()));
    }

    [Fact]
    public async Task Page_SavedAsItIs_KeepsTheEndOfTheOffer()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T4", "Thương mại", from: "2026-11-22", until: "2026-11-30");
        var page = await organizer.GetPageAsync("/topics/T4");
        // The only writing that browsers take.
        Assert.Equal(("2026-11-22", "2026-11-30"), (Value(page, "ValidFrom"), Value(page, "OfferedUntil")));
        Assert.Equal(HttpStatusCode.Redirect, (await RenameAsync(organizer, page, "T4", "Thương mại số")).StatusCode);
        Assert.Equal(new(2026, 11, 30), await EndAsync("T4"));

        await AtAsync(new(2026, 12, 8), async () =>
        {
            var later = await site.SignInAsync("so.organizer");
            Assert.Equal(HttpStatusCode.Redirect, (await RenameAsync(later, await later.GetPageAsync("/topics/T4"), "T4", "Thương mại điện tử")).StatusCode);
            Assert.Equal(new(2026, 11, 30), await EndAsync("T4"));
            Assert.Contains("Ngày cuối", (await (await SaveAsync(later, "T4", "Thương mại", from: "2026-12-08", until: "2026-12-01")).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Page_OfATopicWhoseUnitHasEnded_KeepsTheUnit()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var unit = await site.UnitAsync("Xã Sắp Nhập");
        await SaveAsync(organizer, "T3", "Thanh toán số", from: "2026-11-22", unit: unit.Code);
        await site.EndUnitAsync(unit);

        var page = await organizer.GetPageAsync("/topics/T3");
        Assert.Equal(HttpStatusCode.Redirect, (await RenameAsync(organizer, page, "T3", "Thanh toán điện tử")).StatusCode);

        var kept = await site.QueryAsync(db => db.Topics.AsNoTracking().SingleAsync(topic => topic.Code == "T3"));
        Assert.Equal((unit.Path, "Xã Sắp Nhập, Thành phố Sơn La"), (kept.UnitPath, kept.UnitName));
        Assert.Contains("Không có đơn vị", (await (await SaveAsync(organizer, "T9", "Chính sách", from: "2026-11-22", unit: unit.Code)).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfATopicForAVillage_KeepsTheUnit()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T10", "Hướng dẫn người khác", from: "2026-11-22", unit: CoursesArrange.Village);

        await RenameAsync(organizer, await organizer.GetPageAsync("/topics/T10"), "T10", "Hướng dẫn bà con");

        Assert.Equal($"14/116/03646/{CoursesArrange.Village}/", await site.QueryAsync(db => db.Topics.Where(topic => topic.Code == "T10").Select(topic => topic.UnitPath).SingleAsync()));
    }

    [Fact]
    public async Task Save_ByTwoInOneMoment_IsToldToTheLaterAndKeepsWhatTheyTyped()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.GetPageAsync("/topics/T1");

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => SaveFromAsync(organizer, page, "T1", $"Dịch vụ công {number}", from: "2026-12-24")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict).ToList();
        Assert.Equal(3, refused.Count);
        var kept = await refused[0].ReadPageAsync();
        Assert.Contains("Có người vừa ghi thay đổi khác", kept.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        var mine = Value(kept, "Name");
        Assert.Equal(HttpStatusCode.Redirect, (await SaveFromAsync(organizer, kept, "T1", mine, from: "2026-12-24")).StatusCode);
        Assert.Equal(mine, await site.QueryAsync(db => db.TopicEditions.Where(edition => edition.Code == "T1" && edition.ValidFrom == new DateOnly(2026, 12, 24)).Select(edition => edition.Name).SingleAsync()));
    }

    [Fact]
    public async Task Remove_ChangeToCome_IsTakenBackAndThePastIsNot()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "T2", "Danh tính số", from: "2027-01-01");

        await organizer.PostFormAsync("/topics/T2/remove", new() { ["from"] = "2027-01-01" }, "/topics/T2");
        var past = await organizer.PostFormAsync("/topics/T2/remove", new() { ["from"] = "2020-01-01" }, "/topics/T2");

        Assert.Equal(HttpStatusCode.NotFound, past.StatusCode);
        Assert.Equal("Định danh điện tử", Assert.Single(await site.QueryAsync(db => db.TopicEditions.AsNoTracking().Where(edition => edition.Code == "T2").ToListAsync())).Name);
    }

    [Fact]
    public async Task Page_WithoutTheRight_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync("/topics")).StatusCode);
        await (await site.SignInAsync("xa.coordinator")).GetPageAsync("/topics", HttpStatusCode.Forbidden);
        var member = await site.SignInAsync("member");
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostFormAsync("/topics/T1", new() { ["Form.Name"] = "Đổi" }, "/me")).StatusCode);
    }

    private static CurrentUser Reader(string grant)
    {
        var reader = new CurrentUser(new Microsoft.AspNetCore.Http.HttpContextAccessor());
        reader.Read(new(new System.Security.Claims.ClaimsIdentity([new(CurrentUser.GrantClaim, grant)], "test")));
        return reader;
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient client, string code, string name, string from, string until = "", string unit = "") =>
        await SaveFromAsync(client, await client.GetPageAsync($"/topics/{code}"), code, name, from, until, unit);

    /// <summary>Sends the form of a page that was read before.</summary>
    private static Task<HttpResponseMessage> SaveFromAsync(HttpClient client, IDocument page, string code, string name, string from, string until = "", string unit = "") =>
        client.PostFormFromAsync(page, $"/topics/{code}", new()
        {
            ["Form.Seen"] = page.QuerySelector<IHtmlInputElement>("#Form_Seen")!.Value,
            ["Form.ValidFrom"] = from,
            ["Form.OfferedUntil"] = until,
            ["Form.Name"] = name,
            ["Form.Order"] = code[1..],
            ["Form.UnitCode"] = unit,
        });

    /// <summary>Saves the page as it is, but for the name.</summary>
    private static Task<HttpResponseMessage> RenameAsync(HttpClient client, IDocument page, string code, string name) =>
        SaveFromAsync(client, page, code, name, Value(page, "ValidFrom"), Value(page, "OfferedUntil"), page.QuerySelector<IHtmlSelectElement>("#Form_UnitCode")!.Value!);

    private static string Value(IDocument page, string field) => page.QuerySelector<IHtmlInputElement>($"#Form_{field}")!.Value;

    private static async Task<IReadOnlyList<string>> ChoicesAsync(HttpClient client) =>
        [.. (await client.GetPageAsync("/sessions/new")).QuerySelectorAll("input[name=Topics]").Select(input => input.GetAttribute("value")!)];

    private static async Task<IReadOnlyList<string?>> ReportAsync(HttpClient client, string day) =>
        [.. (await client.GetJsonAsync($"/api/v1/reports/course-progress?as_of={day}")).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("topic_name").GetString())];

    private Task<DateOnly?> EndAsync(string code) => site.QueryAsync(db => db.TopicEditions.Where(edition => edition.Code == code).OrderByDescending(edition => edition.ValidFrom).Select(edition => edition.OfferedUntil).FirstAsync());

    private Task<string> NameAsync(string code) => site.QueryAsync(db => db.Topics.Where(topic => topic.Code == code).Select(topic => topic.Name).SingleAsync());

    private Task ApplyAsync() => site.WithAsync(async services =>
    {
        await services.GetRequiredService<ApplyTopicsTask>().ExecuteAsync(default);
        return true;
    });

    /// <summary>On another day, at nine in the morning; afterwards it is today again.</summary>
    private async Task AtAsync(DateOnly day, Func<Task> action)
    {
        var now = site.Clock.GetUtcNow();
        site.Clock.Set(new DateTimeOffset(VietnamTime.ToUtc(day.ToDateTime(new TimeOnly(9, 0)))));
        try
        {
            await action();
        }
        finally
        {
            site.Clock.Set(now);
            await ApplyAsync();
        }
    }
}

public sealed class SqliteTopicEditionTests(SqliteSite site) : TopicEditionTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTopicEditionTests(PostgreSqlSite site) : TopicEditionTests(site), IClassFixture<PostgreSqlSite>;
