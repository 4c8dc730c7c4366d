using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;
using TrainingSite.Search.Tasks;

namespace TrainingSite.SiteTests.Search;

public abstract class MissedSearchTests(SiteFixture site)
{
    private const string Address = "/search/misses";

    [Fact]
    public async Task Search_NothingFound_IsOneRowForAllWaysOfTypingIt()
    {
        var (member, leader, visitor) = (await site.SignInAsync("member"), await site.SignInAsync("to.truong"), site.CreateClient());
        // Accounts leave one of 64 marks: of one word in 64 two of them leave the same.
        var accounts = await site.QueryAsync(db => db.Users.Where(user => user.UserName == "member" || user.UserName == "to.truong").Select(user => user.Id).ToListAsync());
        var word = "bcdfghkl".Select(letter => $"zxcv{letter}").First(word => accounts.Select(AskedText.Of($"qwertyx {word}")!.MarkOf).Distinct().Count() == 2);
        await AskAsync(member, $"Qwêrtýx {char.ToUpperInvariant(word[0])}{word[1..]}");
        site.Clock.Advance(TimeSpan.FromDays(2));
        await AskAsync(member, $"qwertyx {word}");
        await AskAsync(leader, $"QWERTYX, {word.ToUpperInvariant()}!");
        await AskAsync(visitor, $"qwertyx {word}");

        var miss = await WaitAsync($"qwertyx {word}", row => row.Count == 4);

        Assert.Equal(2, miss.CountPeople());
        Assert.Equal(2, miss.LastDay.DayNumber - miss.FirstDay.DayNumber);
        Assert.Equal(site.Clock.Today(), miss.LastDay);
    }

    [Fact]
    public async Task Search_OnlyAGuessFound_IsCountedAndAHitIsNot()
    {
        await site.PutAsync(SearchSite.Document("Đập dâng", "Đập dâng thủy lợi Bản Muông đã xây xong."));
        var member = await site.SignInAsync("member");
        await AskAsync(member, "thủy lợi Bản Muông");

        await AskAsync(member, "thyu lpwi muomg");

        await WaitAsync("thyu lpwi muomg", _ => true);
        Assert.Null(await FindAsync("thuy loi ban muong"));
    }

    [Fact]
    public async Task Search_OnlyScatteredWordsFound_IsCounted()
    {
        await site.PutAsync(SearchSite.Document("Chợ phiên", "Chợ phiên Ngọc Chiến họp thứ bảy, giá gạo hôm nay tăng."));
        var member = await site.SignInAsync("member");
        await AskAsync(member, "chợ phiên Ngọc Chiến");

        await AskAsync(member, "hôm nay tiệm kim hoàn thu mua nhẫn trơn bao nhiêu");

        await WaitAsync("hom nay tiem kim hoan thu mua nhan tron bao nhieu", _ => true);
        Assert.Null(await FindAsync("cho phien ngoc chien"));
    }

    [Theory]
    [InlineData("xqzw 0912 345 678")]
    [InlineData("xqzw 014.200.001.234")]
    [InlineData("xqzw123456789")]
    [InlineData("+84 (91) 234-5678 xqzw")]
    [InlineData("xqzw ai.do@example.com")]
    [InlineData("xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw xqzw")]
    public async Task Search_PersonalOrLong_IsNotKept(string typed)
    {
        var member = await site.SignInAsync("member");
        await AskAsync(member, typed);
        // Counted in the order in which they were asked: when this one is there, the other would be too.
        var later = $"zxqv {typed.Length}zx";
        await AskAsync(member, later);

        await WaitAsync(later, _ => true);
        Assert.False(await site.QueryAsync(db => db.MissedSearches.AnyAsync(miss => miss.Form.Contains("xqzw"))));
    }

    [Theory]
    [InlineData("xã 793/BTTTT ngày 05.03.2022", true)]
    [InlineData("văn bản 2022", true)]
    [InlineData("012345678", false)]
    [InlineData("", false)]
    [InlineData("?!", false)]
    public void Of_Number_IsKeptWhenItIsNoPersons(string typed, bool kept) => Assert.Equal(kept, AskedText.Of(typed) is not null);

    [Fact]
    public async Task Search_ByWhoKeepsTheLists_IsNotCounted()
    {
        await AskAsync(await site.SignInAsync("so.organizer"), "jkqwz vbnmq");
        await AskAsync(await site.SignInAsync("member"), "jkqwz sau");

        await WaitAsync("jkqwz sau", _ => true);
        Assert.Null(await FindAsync("jkqwz vbnmq"));
    }

    [Fact]
    public async Task Page_SortedByCountAndDate_PagesAndLeadsToASynonym()
    {
        await FillAsync([("fghjk hay", 9, -3), ("fghjk moi", 2, 0), ("fghjk it", 1, -9), .. Enumerable.Range(1, 30).Select(number => ($"fghjk so {number}", 1, -20))]);
        var admin = await site.SignInAsync("admin");

        var often = (await admin.GetPageAsync($"{Address}?sort=Often")).QuerySelectorAll(".rows b").Select(row => row.TextContent).ToList();
        var newest = await admin.GetPageAsync($"{Address}?sort=Newest");

        Assert.True(often.IndexOf("fghjk hay") < often.IndexOf("fghjk moi"));
        var texts = newest.QuerySelectorAll(".rows b").Select(row => row.TextContent).ToList();
        Assert.True(texts.IndexOf("fghjk moi") < texts.IndexOf("fghjk hay"));
        Assert.Equal(25, texts.Count);
        Assert.NotNull(newest.QuerySelector(".pager a[rel=next]"));
        var link = newest.QuerySelectorAll(".rows li").First(row => row.QuerySelector("b")!.TextContent == "fghjk moi").QuerySelector("a[href*=synonyms]")!.GetAttribute("href")!;
        Assert.Equal("fghjk moi", (await admin.GetPageAsync(link)).QuerySelector("#Phrases")!.TextContent.Trim());
    }

    [Fact]
    public async Task Page_Again_SaysWhatIsFoundNow()
    {
        await FillAsync([("rtyui con thieu", 1000, 0), ("ao ca nam cang", 1001, 0)]);
        await site.PutAsync(SearchSite.Document("Ao cá", "Ao cá Nậm Căng nuôi cá hồi."));
        var admin = await site.SignInAsync("admin");

        var page = await admin.GetPageAsync($"{Address}?again=true");

        Assert.Contains("Nay có", State(page, "ao ca nam cang"), StringComparison.Ordinal);
        Assert.Contains("Vẫn chưa thấy", State(page, "rtyui con thieu"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Handle_Row_LeavesTheListUntilItIsMissedAgain()
    {
        var member = await site.SignInAsync("member");
        await AskAsync(member, "zzkw wkzz");
        await WaitAsync("zzkw wkzz", _ => true);
        var admin = await site.SignInAsync("admin");

        await admin.PostFormAsync($"{Address}/handle", new() { ["form"] = "zzkw wkzz" }, Address);

        Assert.DoesNotContain("zzkw wkzz", Rows(await admin.GetPageAsync($"{Address}?sort=Newest")));
        Assert.Contains("zzkw wkzz", Rows(await admin.GetPageAsync($"{Address}?handled=true&sort=Newest")));
        await AskAsync(member, "zzkw wkzz");
        await WaitAsync("zzkw wkzz", row => row.Count == 2 && row.HandledUtc is null);
        Assert.Contains("zzkw wkzz", Rows(await admin.GetPageAsync($"{Address}?sort=Newest")));
    }

    [Fact]
    public async Task Remove_Row_IsGone()
    {
        await FillAsync([("can xoa ngay", 1, 0)]);
        var admin = await site.SignInAsync("admin");

        await admin.PostFormAsync($"{Address}/remove", new() { ["form"] = "can xoa ngay" }, Address);

        Assert.Null(await FindAsync("can xoa ngay"));
    }

    [Fact]
    public async Task Page_WithoutTheRight_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync(Address)).StatusCode);
        await (await site.SignInAsync("member")).GetPageAsync(Address, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Forget_HalfAYearLater_IsGone()
    {
        await FillAsync([("nua nam truoc", 50, -181), ("thang truoc", 1, -30)]);

        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<ForgetMissesTask>().ExecuteAsync(default);
            return true;
        });

        Assert.Null(await FindAsync("nua nam truoc"));
        Assert.NotNull(await FindAsync("thang truoc"));
    }

    [Fact]
    public async Task Record_MoreThanIsKept_DropsWhatWasAskedLeast()
    {
        await FillAsync([.. Enumerable.Range(1, MissRecorder.MostKept).Select(number => ($"tran bo nho {number}", 1, -1)), ("hoi nhieu lan", 7, -50)]);

        await AskAsync(await site.SignInAsync("member"), "wxyzq qzyxw");

        await WaitAsync("wxyzq qzyxw", _ => true);
        Assert.InRange(await site.QueryAsync(db => db.MissedSearches.CountAsync()), 1, MissRecorder.MostKept);
        Assert.NotNull(await FindAsync("hoi nhieu lan"));
        await site.QueryAsync(db => db.MissedSearches.Where(miss => miss.Form.StartsWith("tran bo nho")).ExecuteDeleteAsync());
    }

    private static async Task AskAsync(HttpClient reader, string typed) => await reader.GetPageAsync($"/search?q={Uri.EscapeDataString(typed)}");

    private static string State(AngleSharp.Dom.IDocument page, string text) =>
        page.QuerySelectorAll(".rows li").First(row => row.QuerySelector("b")!.TextContent == text).QuerySelector(".state")!.TextContent;

    private static IEnumerable<string> Rows(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll(".rows b").Select(row => row.TextContent);

    private Task<int> FillAsync(IReadOnlyList<(string Form, int Count, int DaysAgo)> rows) => site.QueryAsync(async db =>
    {
        var today = site.Clock.Today();
        db.MissedSearches.AddRange(rows.Select(row => new MissedSearch { Form = row.Form, Text = row.Form, Count = row.Count, FirstDay = today.AddDays(row.DaysAgo), LastDay = today.AddDays(row.DaysAgo) }));
        return await db.SaveChangesAsync();
    });

    private Task<MissedSearch?> FindAsync(string form) => site.QueryAsync(db => db.MissedSearches.AsNoTracking().SingleOrDefaultAsync(miss => miss.Form == form));

    /// <summary>Counting happens behind the answer.</summary>
    private async Task<MissedSearch> WaitAsync(string form, Predicate<MissedSearch> isDone)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await FindAsync(form) is { } miss && isDone(miss))
            {
                return miss;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"'{form}' was not counted.");
    }
}

public sealed class SqliteMissedSearchTests(SqliteSite site) : MissedSearchTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMissedSearchTests(PostgreSqlSite site) : MissedSearchTests(site), IClassFixture<PostgreSqlSite>;
