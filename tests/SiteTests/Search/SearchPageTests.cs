using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.SiteTests.Search;

public abstract class SearchPageTests(SiteFixture site)
{
    [Fact]
    public async Task Page_NothingAsked_IsFriendly()
    {
        var page = await site.CreateClient().GetPageAsync("/search");

        Assert.Equal("Tìm", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("form[role=search] input[name=q][data-search]"));
        Assert.Equal(3, page.QuerySelectorAll(".empty-state a[href^='/search?q=']").Length);
    }

    [Fact]
    public async Task Page_SignedIn_HasOneSearchBox()
    {
        var member = await site.SignInAsync("member");

        Assert.Single((await member.GetPageAsync("/search")).QuerySelectorAll("[data-search]"));
        Assert.NotNull((await member.GetPageAsync("/library")).QuerySelector(".topline [data-search]"));
    }

    [Fact]
    public async Task Page_HitFromTheCourseOfItsTopic_NamesItOnce()
    {
        var (code, name) = await site.QueryAsync(async db => await db.Set<Topic>().OrderBy(topic => topic.Order).Select(topic => new ValueTuple<string, string>(topic.Code, topic.Name)).FirstAsync());
        await site.PutAsync(SearchSite.Document("Guốc mộc", "Đẽo guốc mộc.", topic: code) with { Source = name });
        await site.PutAsync(SearchSite.Document("Guốc mộc xa", "Đẽo guốc mộc.", topic: code) with { Source = "Khóa khác" });

        var hits = (await site.CreateClient().GetPageAsync("/search?q=" + Uri.EscapeDataString("guốc mộc"))).QuerySelectorAll(".hit-meta");

        Assert.Equal([2, 3], hits.Select(meta => meta.ChildElementCount).Order());
        Assert.All(hits, meta => Assert.Single(meta.Children, part => part.TextContent.Trim() == name));
    }

    [Fact]
    public async Task Page_Hit_ShowsTheMatchMarkedAndTheRestEncoded()
    {
        await site.PutAsync(SearchSite.Document("Thử <i>nghiêng</i>", "<script>alert(1)</script> lưới điện Nậm Păm & <mark>giả</mark>"));

        var page = await site.CreateClient().GetPageAsync("/search?q=luoi+dien+nam+pam");

        var hit = page.QuerySelector(".hit")!;
        Assert.Equal("lưới điện Nậm Păm", hit.QuerySelector("p mark")!.TextContent);
        Assert.Contains("<script>alert(1)</script>", hit.QuerySelector("p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".hit script, .hit i"));
        Assert.Single(hit.QuerySelectorAll("p mark"));
    }

    [Theory]
    [InlineData("vun gio", true)]
    [InlineData("Vùng giới", true)]
    [InlineData("giot", true)]
    [InlineData("vùng gio", true)]
    [InlineData("vụng giọt", false)]
    [InlineData("iot", false)]
    [InlineData("v", false)]
    public async Task Suggest_BeginningsOfWords_GiveTitles(string typed, bool isFound)
    {
        await site.PutAsync(SearchSite.Document("Vùng giới thiệu giọt sương", "Chữ."));

        var found = await SuggestAsync(site.CreateClient(), typed);

        Assert.Equal(isFound, found.Contains("Vùng giới thiệu giọt sương"));
    }

    [Fact]
    public async Task Suggest_TitleOfAUnit_OnlyToWhoFindsIt()
    {
        await site.PutAsync(SearchSite.Document("Kẽm gai Sốp Cộp", "Chữ.") with { Visibility = SearchVisibility.Unit, UnitPath = "14/127/" });

        Assert.Contains("Kẽm gai Sốp Cộp", await SuggestAsync(await site.SignInAsync("so.organizer"), "kem gai"));
        Assert.DoesNotContain("Kẽm gai Sốp Cộp", await SuggestAsync(await site.SignInAsync("member"), "kem gai"));
        Assert.DoesNotContain("Kẽm gai Sốp Cộp", await SuggestAsync(site.CreateClient(), "kem gai"));
    }

    [Fact]
    public async Task Suggest_TitleHiddenOrDeletedSince_IsNoMoreGiven()
    {
        var (hidden, deleted) = (SearchSite.Document("Quặng thiếc một", "Chữ."), SearchSite.Document("Quặng thiếc hai", "Chữ."));
        await site.PutAsync(hidden);
        await site.PutAsync(deleted);
        Assert.Equal(["Quặng thiếc hai", "Quặng thiếc một"], await SuggestAsync(site.CreateClient(), "quang thiec"));

        await site.QueryAsync(async db => await db.IndexedDocuments.Where(row => row.Title == hidden.Title).ExecuteUpdateAsync(set => set.SetProperty(row => row.Visibility, SearchVisibility.SignedIn)));
        await site.QueryAsync(async db => await db.IndexedDocuments.Where(row => row.Title == deleted.Title).ExecuteDeleteAsync());

        Assert.Empty((await site.CreateClient().GetFromJsonAsync<string[]>("/search/suggest?q=quang+thiec"))!);
        Assert.Equal(["Quặng thiếc một"], (await (await site.SignInAsync("member")).GetFromJsonAsync<string[]>("/search/suggest?q=quang+thiec"))!);
    }

    /// <summary>Titles put in a moment ago are known after a minute.</summary>
    private async Task<string[]> SuggestAsync(HttpClient client, string typed)
    {
        site.Services.GetRequiredService<IMemoryCache>().Remove(typeof(TitleSuggestions));
        return (await client.GetFromJsonAsync<string[]>($"/search/suggest?q={Uri.EscapeDataString(typed)}"))!;
    }

    [Fact]
    public async Task Page_NothingFound_SaysWhatToDo()
    {
        var page = await site.CreateClient().GetPageAsync("/search?q=xyzzyqwkjh");

        Assert.Contains("Chưa tìm thấy", page.QuerySelector(".empty-state h2")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_TopicThatIsNoLongerOffered_IsNoFacetUnlessChosen()
    {
        foreach (var topic in new[] { "T3", "T7", "T9" })
        {
            await site.PutAsync(SearchSite.Document($"Nung vôi Mường Sang {topic}", "Nung vôi ở Mường Sang.", topic: topic));
        }

        await site.QueryAsync(db => db.Topics.Where(topic => topic.Code == "T9").ExecuteUpdateAsync(set => set.SetProperty(topic => topic.IsOffered, false)));

        Assert.Equal(["T3", "T7"], await FacetsAsync("/search?q=nung+voi+muong+sang"));
        Assert.Equal(["T3", "T7", "T9"], await FacetsAsync("/search?q=nung+voi+muong+sang&topic=T9"));

        async Task<IEnumerable<string>> FacetsAsync(string address) =>
            (await site.CreateClient().GetPageAsync(address)).QuerySelectorAll("a.chip[href*='topic=']").Select(chip => chip.GetAttribute("href")!.Split("topic=")[1]).Order().ToList();
    }

    [Fact]
    public async Task Page_TenThousandCharacters_SaysTheLimit()
    {
        var page = await site.CreateClient().GetPageAsync($"/search?q={new string('a', 10_000)}", HttpStatusCode.BadRequest);

        Assert.Contains("200", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_TenThousandCharacters_IsAProblem()
    {
        var problem = await site.CreateClient().GetJsonAsync($"/api/v1/search?q={new string('a', 10_000)}", HttpStatusCode.BadRequest);

        Assert.Equal("query_too_long", problem.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Api_Anonymous_AnswersInTheAgreedShape()
    {
        var document = await site.PutAsync(SearchSite.Document("Máy gặt", "Máy gặt liên hợp ở Phù Yên."));

        var answer = await site.CreateClient().GetJsonAsync("/api/v1/search?q=may+gat+phu+yen&take=1");

        var hit = Assert.Single(answer.GetProperty("hits").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("suggestion").ValueKind);
        Assert.True(answer.GetProperty("total").GetInt32() >= 1);
        Assert.Equal(document.Id, hit.GetProperty("id").GetGuid());
        Assert.Equal(("lesson", "Máy gặt", document.Url, "Khóa học thử"),
            (hit.GetProperty("kind").GetString(), hit.GetProperty("title").GetString(), hit.GetProperty("url").GetString(), hit.GetProperty("source").GetString()));
        Assert.Contains("Máy gặt", hit.GetProperty("snippet").GetString(), StringComparison.Ordinal);
        Assert.True(hit.GetProperty("score").GetDouble() > 0);
    }

    [Fact]
    public async Task Api_Token_SeesWhatItsAccountMaySee()
    {
        await site.PutAsync(SearchSite.Document("Riêng xã", "Kho thóc Mường Sang.") with { Visibility = SearchVisibility.Unit, UnitPath = "14/116/" });

        var visitor = await site.CreateClient().GetJsonAsync("/api/v1/search?q=kho+thoc+muong+sang");
        var admin = await (await site.ApiAsync("admin")).GetJsonAsync("/api/v1/search?q=kho+thoc+muong+sang");

        Assert.DoesNotContain("Riêng xã", visitor.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("title").GetString()));
        Assert.Contains("Riêng xã", admin.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Api_WrongToken_IsRefused()
    {
        var client = site.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "nonsense");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/search?q=a")).StatusCode);
    }

    [Fact]
    public async Task Abbreviations_Added_CountsWithTheNextSearch()
    {
        await site.PutAsync(SearchSite.Document("Ngân hàng", "Quỹ tín dụng nhân dân Hát Lót."));
        var admin = await site.SignInAsync("admin");

        var saved = await admin.PostFormAsync("/search/abbreviations", new() { ["Short"] = "QTDND", ["Long"] = "quỹ tín dụng nhân dân" });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Ngân hàng", (await site.SearchAsync("QTDND")).Titles());
        Assert.Contains((await admin.GetPageAsync("/search/abbreviations")).QuerySelectorAll(".rows b"), row => row.TextContent == "QTDND");
    }

    [Fact]
    public async Task Abbreviations_Empty_SaysWhatIsMissing()
    {
        var admin = await site.SignInAsync("admin");

        var answer = await admin.PostFormAsync("/search/abbreviations", new() { ["Short"] = "", ["Long"] = "một" });

        Assert.NotEmpty((await answer.ReadPageAsync()).QuerySelectorAll(".error-summary li"));
    }

    [Fact]
    public async Task Abbreviations_Visitor_MustSignIn() =>
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync("/search/abbreviations")).StatusCode);
}

public sealed class SqliteSearchPageTests(SqliteSite site) : SearchPageTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSearchPageTests(PostgreSqlSite site) : SearchPageTests(site), IClassFixture<PostgreSqlSite>;
