using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;
using TrainingSite.Search.Text;

namespace TrainingSite.SiteTests.Search;

public abstract class FindingTests(SiteFixture site)
{
    [Theory]
    [InlineData("đăng ký hộ tịch")]
    [InlineData("dang ky ho tich")]
    [InlineData("ĐĂNG KÍ HỘ TỊCH")]
    [InlineData("đăng kí hộ tịch")]
    [InlineData("ddawng kys hooj tichj")]
    [InlineData("dang ky ho tihc")]
    public async Task Search_WaysOfTyping_FindTheSameLesson(string typed)
    {
        await site.PutAsync(SearchSite.Document("Hộ tịch", "Cách đăng ký hộ tịch tại nhà qua cổng dịch vụ công: khai sinh, kết hôn."));
        await site.PutAsync(SearchSite.Document("Khác", "Bản đồ số của xã và danh bạ điện thoại."));

        var result = await site.SearchAsync(typed);

        Assert.Equal("Hộ tịch", result.Titles()[0]);
    }

    [Theory]
    [InlineData("hoà bình")]
    [InlineData("hòa bình")]
    [InlineData("hoa binh")]
    public async Task Search_PlaceOfTheTone_DoesNotMatter(string typed)
    {
        await site.PutAsync(SearchSite.Document("Chợ phiên", "Chợ phiên Hòa Bình họp vào thứ bảy."));

        Assert.Contains("Chợ phiên", (await site.SearchAsync(typed)).Titles());
    }

    [Fact]
    public async Task Search_DecomposedQuery_FindsComposedText()
    {
        await site.PutAsync(SearchSite.Document("Lễ hội", "Lễ hội hoa ban ở Mộc Châu."));

        Assert.Contains("Lễ hội", (await site.SearchAsync("Mộc Châu".Normalize(NormalizationForm.FormD))).Titles());
    }

    [Theory]
    [InlineData("TTKDTM", "Thanh toán")]
    [InlineData("thanh toán không dùng tiền mặt", "Viết tắt")]
    public async Task Search_Abbreviation_WorksBothWays(string typed, string expected)
    {
        await site.PutAsync(SearchSite.Document("Thanh toán", "Hướng dẫn bà con thanh toán không dùng tiền mặt ở chợ."));
        await site.PutAsync(SearchSite.Document("Viết tắt", "Tỷ lệ TTKDTM trong xã tăng."));

        Assert.Contains(expected, (await site.SearchAsync(typed)).Titles());
    }

    [Fact]
    public async Task Put_ChangedText_IsFoundByTheNextSearch()
    {
        var document = await site.PutAsync(SearchSite.Document("Thông báo", "Họp tổ tại bản Nà Cáy."));
        Assert.Contains("Thông báo", (await site.SearchAsync("Nà Cáy")).Titles());

        await site.PutAsync(document with { Title = "Thông báo mới", Text = "Họp tổ tại bản Huổi Khoang." });

        Assert.DoesNotContain((await site.SearchAsync("Nà Cáy")).Hits, hit => hit.Id == document.Id);
        Assert.Equal("Thông báo mới", (await site.SearchAsync("Huổi Khoang")).Titles()[0]);
    }

    [Fact]
    public async Task Put_TransactionRolledBack_LeavesTheIndexAsItWas()
    {
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<SearchIndex>().PutAsync([SearchSite.Document("Không ghi", "Xưởng dệt thổ cẩm Pà Cò.")]);
            await transaction.RollbackAsync();
            return true;
        });

        Assert.DoesNotContain((await site.SearchAsync("thổ cẩm Pà Cò")).Hits, hit => hit.Title.ToText() == "Không ghi");
    }

    [Fact]
    public async Task Remove_Document_IsNotFoundAnyMore()
    {
        var document = await site.PutAsync(SearchSite.Document("Bỏ đi", "Rừng thông Bản Áng."));

        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<SearchIndex>().RemoveAsync(document.Kind, document.Id);
            return true;
        });

        Assert.DoesNotContain("Bỏ đi", (await site.SearchAsync("rừng thông Bản Áng")).Titles());
    }

    [Fact]
    public async Task Search_KindAndTopic_NarrowAndAreCounted()
    {
        await site.PutAsync(SearchSite.Document("Bài ví điện tử", "Ví điện tử Sao Khuê dùng thế nào.", "lesson", "T3"));
        await site.PutAsync(SearchSite.Document("Buổi ví điện tử", "Tập huấn ví điện tử Sao Khuê.", "session", "T7"));

        var all = await site.SearchAsync("ví điện tử Sao Khuê");
        var sessions = await site.SearchAsync("ví điện tử Sao Khuê", kind: "session");
        var payment = await site.SearchAsync("ví điện tử Sao Khuê", topic: "T3");

        Assert.Equal(2, all.Hits.Count(hit => hit.Score > all.Hits[0].Score * .5));
        Assert.Equal(["Buổi ví điện tử"], sessions.Titles());
        Assert.Contains("lesson", sessions.Kinds.Select(facet => facet.Value));
        Assert.Equal("Bài ví điện tử", payment.Titles()[0]);
        Assert.All(payment.Hits, hit => Assert.Equal("T3", hit.Topic));
    }

    [Fact]
    public async Task Search_LongDocument_IsOneHitWithTheRightPassage()
    {
        var filler = string.Join(' ', Enumerable.Repeat("Tổ công nghệ số cộng đồng hướng dẫn người dân dùng điện thoại.", 60));
        await site.PutAsync(SearchSite.Document("Kế hoạch dài", $"{filler} Trạm phát sóng Pu Nhi sẽ xong trong quý ba. {filler}", "document"));

        var hit = (await site.SearchAsync("trạm phát sóng Pu Nhi")).Hits[0];

        Assert.Equal("Kế hoạch dài", hit.Title.ToText());
        Assert.Contains(hit.Snippet, segment => segment.IsMatch && segment.Text.Contains("phát sóng Pu Nhi", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_OnlyCommonWords_FindsWhatHoldsAllAndTheRestOnlyWhenThatIsLittle()
    {
        const int Common = Scoring.PostingsBudget + 1;
        await site.PutAsync(SearchSite.Document("Nét chữ lẻ", "Nét chữ nguệch trên bảng đen của lớp học buổi tối."));
        await site.PutAsync(SearchSite.Document("Nét chữ đủ", "Nét chữ nguệch ngoạc trên bảng đen của lớp học buổi tối."));
        await site.WithAsync(async services =>
        {
            foreach (var feature in new[] { "nguech", "ngoac", "nguech_ngoac" })
            {
                await services.GetRequiredService<SiteDbContext>().Database.ExecuteSqlAsync(
                    $"""INSERT INTO "Search_Statistic" ("Feature", "Passages", "Clean") VALUES ({feature}, {Common}, {Common}) ON CONFLICT ("Feature") DO UPDATE SET "Passages" = {Common}""");
            }

            return await services.GetRequiredService<StatisticsCache>().RefreshAsync(default);
        });

        var few = await site.SearchAsync("nguệch ngoạc");
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<SearchIndex>().PutAsync([.. Enumerable.Range(0, Scoring.MostCandidates).Select(_ =>
                SearchSite.Document("Nét chữ đủ", "Nét chữ nguệch ngoạc trên bảng đen của lớp học buổi tối.", "document", "T9"))]);
            return true;
        });
        var many = await site.SearchAsync("nguệch ngoạc");
        var narrowed = await site.SearchAsync("nguệch ngoạc", kind: "lesson");

        Assert.Equal(["Nét chữ đủ", "Nét chữ lẻ"], few.Titles());
        Assert.Equal(Scoring.MostCandidates, many.Total);
        Assert.DoesNotContain("Nét chữ lẻ", many.Titles());
        Assert.Equal(["Nét chữ đủ", "Nét chữ lẻ"], narrowed.Titles());
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<StatisticsCounter>().CountAsync(anew: true, default);
            return await services.GetRequiredService<StatisticsCache>().RefreshAsync(default);
        });
    }

    [Theory]
    [InlineData("\"'`);DROP TABLE x;--")]
    [InlineData("a AND OR NOT NEAR(b c)")]
    [InlineData("*:^()\\{}[]")]
    [InlineData("@public")]
    [InlineData("%_%")]
    [InlineData("\u0000\uFFFF\uD800")]
    [InlineData("   ")]
    [InlineData("")]
    public async Task Search_AnyCharacters_AreHarmless(string typed) => Assert.NotNull(await site.SearchAsync(typed));

    [Fact]
    public async Task Rebuild_IndexFullOfLeftovers_HoldsWhatTheSourcesName()
    {
        await site.PutAsync(SearchSite.Document("Thừa", "Bến thuyền Quỳnh Nhai cũ.", "leftover"));

        await site.WithAsync(services => services.GetRequiredService<IndexRebuilder>().RebuildAsync(default));

        var kinds = await site.QueryAsync(db => db.IndexedDocuments.Select(document => document.Kind).Distinct().ToListAsync());
        Assert.DoesNotContain("leftover", kinds);
        Assert.False(await site.WithAsync(services => services.GetRequiredService<IndexRebuilder>().IsNeededAsync(default)));
    }

    [Fact]
    public async Task Count_AfterChanges_StoredCountsLoadAsTheyWere()
    {
        await site.PutAsync(SearchSite.Document("Đếm", "Suối khoáng Mường Chiên nóng quanh năm."));

        var (before, after) = await site.WithAsync(async services =>
        {
            var cache = services.GetRequiredService<StatisticsCache>();
            await services.GetRequiredService<StatisticsCounter>().CountAsync(anew: true, default);
            var stored = await cache.RefreshAsync(default);
            var passages = await services.GetRequiredService<SiteDbContext>().IndexedPassages.CountAsync();
            return (passages, stored);
        });

        Assert.Equal(before, after.Passages);
        Assert.True(after.CountOf("suoi", "khoang").Passages > 0);
    }
}

public sealed class SqliteFindingTests(SqliteSite site) : FindingTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlFindingTests(PostgreSqlSite site) : FindingTests(site), IClassFixture<PostgreSqlSite>;
