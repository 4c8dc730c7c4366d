using System.Net;
using TrainingSite.Library.Models;
using TrainingSite.SiteTests.Courses;
using TrainingSite.SiteTests.Sessions;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>R93: what belongs to no unit is for the whole province, and written by whoever holds a right over one; a right over a commune does not reach it.</summary>
public abstract class ProvinceRightTests(SiteFixture site)
{
    private const string Name = "doi.tac.xa";

    [Theory]
    [InlineData("/courses/edit")]
    [InlineData($"/courses/edit/{CoursesArrange.Safety}")]
    [InlineData("/topics")]
    [InlineData("/search/synonyms")]
    public async Task Page_ForTheProvince_IsForbiddenToAPartnerOfACommune(string address)
    {
        await site.AccountAsync(Name, Roles.Partner, "03646");

        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.SignInAsync(Name)).GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Document_OfNoUnit_IsNeitherDeletedNorAddedByAPartnerOfACommune()
    {
        await site.AccountAsync(Name, Roles.Partner, "03646");
        var partner = await site.SignInAsync(Name);
        var document = await site.QueryAsync(async db =>
        {
            var added = new Document { Title = "Chung của tỉnh", FileName = "", Sha256 = $"{Guid.NewGuid():N}{Guid.NewGuid():N}", Visibility = DocumentVisibility.Public };
            db.Add(added);
            await db.SaveChangesAsync();
            return added.Id;
        });

        var deleted = await partner.PostFormAsync($"/library/{document}/delete", [], page: "/library");
        var added = await partner.PostFormAsync("/library/new-link", new() { ["Title"] = "Liên kết", ["Url"] = "https://mic.gov.vn/", ["Visibility"] = "Public" });

        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.True(await site.QueryAsync(db => db.Set<Document>().AnyAsync(row => row.Id == document)));
        Assert.Contains("Hãy chọn đơn vị của tài liệu.", (await added.ReadPageAsync()).Words());
        Assert.Equal(HttpStatusCode.Redirect, (await (await site.SignInAsync("so.organizer")).PostFormAsync($"/library/{document}/delete", [], page: "/library")).StatusCode);
    }
}

public sealed class SqliteProvinceRightTests(SqliteSite site) : ProvinceRightTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlProvinceRightTests(PostgreSqlSite site) : ProvinceRightTests(site), IClassFixture<PostgreSqlSite>;
