using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.SiteTests.Search;

public abstract class SynonymTests(SiteFixture site)
{
    private const string Address = "/search/synonyms";

    [Theory]
    [InlineData("máy gieo hạt", "máy xạ lúa")]
    [InlineData("may gieo hat", "may xa lua")]
    public async Task Save_NewGroup_CountsWithTheNextSearchBelowTheTypedWord(string first, string second)
    {
        await site.PutAsync(SearchSite.Document("Bài gieo", "Cách dùng máy gieo hạt trên nương."));
        await site.PutAsync(SearchSite.Document("Bài xạ", "Cách dùng máy xạ lúa trên nương."));
        var admin = await site.SignInAsync("admin");
        await RemoveAllAsync(admin, "máy gieo hạt");
        Assert.DoesNotContain("Bài xạ", (await site.SearchAsync("gieo hạt")).Titles());

        var saved = await admin.PostFormAsync(Address, new() { ["Phrases"] = "máy gieo hạt\r\nmáy xạ lúa" });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(["Bài gieo", "Bài xạ"], (await site.SearchAsync(first)).Titles().Where(title => title.StartsWith("Bài", StringComparison.Ordinal)).Distinct());
        Assert.Equal(["Bài xạ", "Bài gieo"], (await site.SearchAsync(second)).Titles().Where(title => title.StartsWith("Bài", StringComparison.Ordinal)).Distinct());
        var hit = (await site.SearchAsync(first)).Hits.First(hit => hit.Title.ToText() == "Bài xạ");
        Assert.Contains(hit.Snippet, segment => segment.IsMatch && segment.Text.Contains("xạ lúa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_ChangedAndRemovedGroup_CountsAtOnce()
    {
        await site.PutAsync(SearchSite.Document("Khăn", "Khăn piêu của người Thái."));
        var admin = await site.SignInAsync("admin");
        await admin.PostFormAsync(Address, new() { ["Phrases"] = "mũ nồi = nón lá" });
        var group = await site.QueryAsync(db => db.SynonymGroups.SingleAsync(row => row.Phrases.StartsWith("mũ nồi")));
        Assert.DoesNotContain("Khăn", (await site.SearchAsync("mũ nồi", kind: "lesson")).Hits.Take(1).Select(hit => hit.Title.ToText()));

        var page = await admin.GetPageAsync($"{Address}?edit={group.Id}");
        Assert.Equal("mũ nồi\nnón lá", page.QuerySelector("#Phrases")!.TextContent.ReplaceLineEndings("\n").Trim());
        await admin.PostFormFromAsync(page, Address, new() { ["Id"] = $"{group.Id}", ["Version"] = "0", ["Phrases"] = "mũ nồi\nkhăn piêu" });
        Assert.Equal("Khăn", (await site.SearchAsync("mũ nồi", kind: "lesson")).Titles()[0]);

        await admin.PostFormAsync($"{Address}/remove", new() { ["id"] = $"{group.Id}" }, Address);
        Assert.DoesNotContain("Khăn", (await site.SearchAsync("mũ nồi")).Titles());
    }

    [Fact]
    public async Task Search_ChangeOnAnotherNode_CountsWithinASecond()
    {
        await site.PutAsync(SearchSite.Document("Cọn nước", "Cọn nước bên suối đưa nước lên ruộng."));
        await site.SearchAsync("guồng quay");

        // What another node does: rows change, and this one's memory does not hear of it.
        await site.QueryAsync(async db =>
        {
            db.SynonymGroups.Add(new SynonymGroup { Phrases = "guồng quay\ncọn nước" });
            return await db.SaveChangesAsync();
        });
        site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Cọn nước", (await site.SearchAsync("guồng quay")).Titles()[0]);
    }

    [Fact]
    public async Task Search_WordWithASynonymOfManyWords_MarksOnThePageOnlyTheWholePhrase()
    {
        await site.PutAsync(SearchSite.Document("Lồng nuôi cá", "Lồng bè trên hồ: cá lớn nhanh, cá bán được giá, nuôi cá lồng bè không tốn đất."));
        await (await site.SignInAsync("admin")).PostFormAsync(Address, new() { ["Phrases"] = "thủy hồ\nnuôi cá lồng bè" });

        var page = await site.CreateClient().GetPageAsync("/search?q=" + Uri.EscapeDataString("thủy hồ"));

        var hit = page.QuerySelectorAll(".hit").First(item => item.TextContent.Contains("Lồng bè trên hồ", StringComparison.Ordinal));
        Assert.Equal(["hồ", "nuôi cá lồng bè"], hit.QuerySelectorAll("mark").Select(mark => mark.TextContent));
    }

    [Theory]
    [InlineData("", "từ 2 đến 8")]
    [InlineData("một từ thôi", "từ 2 đến 8")]
    [InlineData("bếp lửa\nBẾP LỬA", "từ 2 đến 8")]
    [InlineData("a1\na2\na3\na4\na5\na6\na7\na8\na9", "từ 2 đến 8")]
    [InlineData("bếp lửa\n***", "“***”")]
    [InlineData("bếp lửa\ndài dài dài dài dài dài dài dài dài dài dài dài dài dài dài dài", "60 ký tự")]
    [InlineData("thẻ căn cước điện tử\ncccd", "“CCCD” đã có trong nhóm")]
    public async Task Save_WrongGroup_SaysWhatToDoAndKeepsTheText(string typed, string expected)
    {
        var admin = await site.SignInAsync("admin");

        var answer = await admin.PostFormAsync(Address, new() { ["Phrases"] = typed });

        var page = await answer.ReadPageAsync();
        Assert.Contains(expected, page.QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(typed.Trim(), page.QuerySelector("#Phrases")!.TextContent.Trim());
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_IsNotOverwrittenUnseen()
    {
        var admin = await site.SignInAsync("admin");
        await admin.PostFormAsync(Address, new() { ["Phrases"] = "nhà sàn\nnhà gỗ" });
        var id = await site.QueryAsync(db => db.SynonymGroups.Where(row => row.Phrases.StartsWith("nhà sàn")).Select(row => row.Id).SingleAsync());
        await admin.PostFormAsync(Address, new() { ["Id"] = $"{id}", ["Version"] = "0", ["Phrases"] = "nhà sàn\nnhà tre" });

        var answer = await admin.PostFormAsync(Address, new() { ["Id"] = $"{id}", ["Version"] = "0", ["Phrases"] = "nhà sàn\nnhà lá" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Contains("nhà lá", page.QuerySelector("#Phrases")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", page.QuerySelector("input[name=Version]")!.GetAttribute("value"));
        Assert.Equal("nhà sàn\nnhà tre", await site.QueryAsync(db => db.SynonymGroups.Where(row => row.Id == id).Select(row => row.Phrases).SingleAsync()));
    }

    [Fact]
    public async Task Page_WithoutTheRight_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync(Address)).StatusCode);
        var member = await site.SignInAsync("member");
        await member.GetPageAsync(Address, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostFormAsync(Address, new() { ["Phrases"] = "x y\nz" }, "/me")).StatusCode);
    }

    private async Task RemoveAllAsync(HttpClient admin, string phrase)
    {
        foreach (var id in await site.QueryAsync(db => db.SynonymGroups.Where(row => row.Phrases.StartsWith(phrase)).Select(row => row.Id).ToListAsync()))
        {
            await admin.PostFormAsync($"{Address}/remove", new() { ["id"] = $"{id}" }, Address);
        }
    }
}

public sealed class SqliteSynonymTests(SqliteSite site) : SynonymTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlSynonymTests(PostgreSqlSite site) : SynonymTests(site), IClassFixture<PostgreSqlSite>;
