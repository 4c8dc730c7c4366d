using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.SiteTests.Search;

/// <summary>R56: nobody finds what they may not see, not even in a count.</summary>
public abstract class TrimmingTests(SiteFixture site)
{
    [Fact]
    public async Task Search_SignedInOnly_IsHiddenFromVisitors()
    {
        await site.PutAsync(SearchSite.Document("Nội bộ", "Sổ tay tổ viên Tà Xùa.") with { Visibility = SearchVisibility.SignedIn });

        var visitor = await site.SearchAsync("sổ tay tổ viên Tà Xùa");
        var member = await site.SearchAsync("sổ tay tổ viên Tà Xùa", []);

        Assert.DoesNotContain("Nội bộ", visitor.Titles());
        Assert.Contains("Nội bộ", member.Titles());
        Assert.DoesNotContain("Tà Xùa", visitor.Hits.SelectMany(hit => hit.Snippet).Select(segment => segment.Text));
    }

    [Theory]
    [InlineData("Coordinator|14/116/03646/", true)]
    [InlineData("Organizer|14/", true)]
    [InlineData("Administrator|", true)]
    [InlineData("Member|14/116/03646/v1/", true)]
    [InlineData("Coordinator|14/116/03647/", false)]
    [InlineData("Organizer|15/", false)]
    [InlineData("Coordinator|14/116/0364/", false)]
    public async Task Search_DocumentOfAUnit_IsForThoseWhoReachItOrBelongToIt(string grant, bool finds)
    {
        await site.PutAsync(SearchSite.Document("Họp xã", "Biên bản họp xã Lóng Luông.", "session") with { Visibility = SearchVisibility.Unit, UnitPath = "14/116/03646/" });

        Assert.Equal(finds, (await site.SearchAsync("biên bản họp xã Lóng Luông", [grant])).Titles().Contains("Họp xã"));
        Assert.DoesNotContain("Họp xã", (await site.SearchAsync("biên bản họp xã Lóng Luông")).Titles());
        Assert.DoesNotContain("Họp xã", (await site.SearchAsync("biên bản họp xã Lóng Luông", [])).Titles());
    }

    [Fact]
    public async Task Search_DocumentHiddenAndShownAgain_FollowsAtOnce()
    {
        var document = await site.PutAsync(SearchSite.Document("Đổi quyền", "Bến phà Vạn Yên."));
        Assert.Contains("Đổi quyền", (await site.SearchAsync("bến phà Vạn Yên")).Titles());

        await site.PutAsync(document with { Visibility = SearchVisibility.Unit, UnitPath = "14/116/" });
        Assert.DoesNotContain("Đổi quyền", (await site.SearchAsync("bến phà Vạn Yên")).Titles());
        Assert.Contains("Đổi quyền", (await site.SearchAsync("bến phà Vạn Yên", ["Coordinator|14/116/"])).Titles());

        await site.PutAsync(document);
        Assert.Contains("Đổi quyền", (await site.SearchAsync("bến phà Vạn Yên")).Titles());
    }

    [Fact]
    public async Task Search_AmongWhatIsNotCommitted_RemembersNothingOfIt()
    {
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<SearchIndex>().PutAsync([SearchSite.Document("Dở dang", "Đỉnh Phu Sa Phìn.") with { Visibility = SearchVisibility.Unit, UnitPath = "15/" }]);
            var reader = services.GetRequiredService<CurrentUser>();
            reader.Read(new());
            Assert.True((await services.GetRequiredService<SearchService>().SearchAsync(new("đỉnh Phu Sa Phìn"), reader)).Succeeded);
            await transaction.RollbackAsync();
            return true;
        });

        // On SQLite it gets the key that was given back.
        await site.PutAsync(SearchSite.Document("Đã lưu", "Đỉnh Phu Sa Phìn."));

        Assert.Equal("Đã lưu", (await site.SearchAsync("đỉnh Phu Sa Phìn")).Titles()[0]);
    }

    [Fact]
    public async Task Search_ManyHiddenDocuments_DoNotCrowdOutTheVisible()
    {
        for (var number = 0; number < 130; number++)
        {
            await site.PutAsync(SearchSite.Document($"Ẩn {number}", "Cầu treo Pắc Ma.", "document") with { Visibility = SearchVisibility.Unit, UnitPath = "15/" });
        }

        await site.PutAsync(SearchSite.Document("Thấy được", "Cầu treo Pắc Ma mở lại cho xe máy."));

        var result = await site.SearchAsync("cầu treo Pắc Ma");

        Assert.Equal("Thấy được", result.Titles()[0]);
        Assert.Equal(result.Total, result.Kinds.Sum(facet => facet.Count));
        Assert.DoesNotContain("document", result.Kinds.Select(facet => facet.Value));
    }
}

public sealed class SqliteTrimmingTests(SqliteSite site) : TrimmingTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlTrimmingTests(PostgreSqlSite site) : TrimmingTests(site), IClassFixture<PostgreSqlSite>;
