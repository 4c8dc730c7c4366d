using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Organization;

/// <summary>Units, teams and people as each reader sees them.</summary>
public abstract class PageTests(SiteFixture site)
{
    [Theory]
    [InlineData("so.organizer", "Tỉnh Sơn La")]
    [InlineData("xa.coordinator", "Phường Chiềng Lề")]
    [InlineData("to.truong", "Tổ 42")]
    public async Task Units_BeginAtTheTopOfTheScope(string user, string name)
    {
        var page = await (await site.SignInAsync(user)).GetPageAsync("/units");

        Assert.Equal(name, page.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Unit_OfADistrict_CountsItsCommunes()
    {
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync("/units/127?as_of=2023-09-30&sort=-members");

        Assert.Equal("Xã Sam Kha", page.QuerySelector("tbody th")!.TextContent);
        Assert.Equal(["2", "15", "2"], page.QuerySelectorAll("tbody td").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Unit_BeforeAnythingWasFounded_CountsNothing()
    {
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync("/units/127?as_of=2021-01-01");

        Assert.Equal(["1", "0", "0", "3"], page.QuerySelectorAll(".stats dd").Select(figure => figure.TextContent));
    }

    [Theory]
    [InlineData("xa.coordinator", "/units/03649")]
    [InlineData("xa.coordinator", "/units/116")]
    [InlineData("to.truong", "/units/03646")]
    [InlineData("so.organizer", "/units/99999")]
    [InlineData("xa.coordinator", "/teams/T-03649")]
    [InlineData("xa.coordinator", "/people/SL-000012")]
    [InlineData("to.truong", "/people/SL-000001")]
    [InlineData("member", "/people/SL-000209")]
    public async Task Page_OutsideTheScope_IsNotThere(string user, string url)
    {
        if (url.EndsWith("SL-000012", StringComparison.Ordinal))
        {
            Assert.Equal("03649", await site.QueryAsync(db => db.Memberships.Where(member => member.Person.Code == "SL-000012").Select(member => member.Team.Unit.Code).SingleAsync()));
        }

        await (await site.SignInAsync(user)).GetPageAsync(url, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Units_SearchedWithoutAccents_ShowThePathThatTellsThemApart()
    {
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync("/units?q=to+4");

        Assert.Contains("Tổ 42, Phường Chiềng Lề, Thành phố Sơn La", page.QuerySelector(".rows")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_ListsTheLeaderFirst()
    {
        var page = await (await site.SignInAsync("xa.coordinator")).GetPageAsync("/teams/T-03646");

        Assert.Equal("Hoàng Anh Lâm", page.QuerySelector("[aria-labelledby=members] b")!.TextContent.Trim());
        Assert.Contains("0500 112 648", page.QuerySelector("[aria-labelledby=members]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_SeenByAMember_ShowsNamesButNoPhones()
    {
        var page = await (await site.SignInAsync("member")).GetPageAsync("/teams/T-03646-SYN-042");

        Assert.Contains("Quàng Văn Inh", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("0500", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Team_SmallerThanTheLimitInForce_IsFlagged()
    {
        await site.QueryAsync(async db =>
        {
            db.TeamSizeLimits.Add(new() { ScopePath = "14/127/", Minimum = 5, Maximum = 10, ValidFrom = new(2025, 1, 1) });
            return await db.SaveChangesAsync();
        });
        var client = await site.SignInAsync("so.organizer");

        Assert.Contains("Đông hơn quy định", (await client.GetPageAsync("/teams/T-04225")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ít người hơn quy định", (await client.GetPageAsync("/teams/T-04225-SYN-002")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("quy định", (await client.GetPageAsync("/teams/T-04225?as_of=2024-12-31")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Person_ThemselvesWithoutRights_SeeTheirOwnProfile()
    {
        var page = await (await site.SignInAsync("member")).GetPageAsync("/people/SL-000210");

        Assert.Equal("Vì Ngọc Lả", page.QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("q=hoang+anh+lam", "Hoàng Anh Lâm")]
    [InlineData("q=HOÀNG ANH", "Hoàng Anh Lâm")]
    [InlineData("q=sl-000001", "Hoàng Anh Lâm")]
    [InlineData("q=0500112648", "Hoàng Anh Lâm")]
    [InlineData("role=Deputy", "Trần Thị Thu Phương")]
    public async Task People_FoundAsTyped(string query, string name)
    {
        var page = await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/people?unit=03646&{query}");

        Assert.Equal(name, Assert.Single(page.QuerySelectorAll("tbody th")).TextContent);
    }

    [Theory]
    [InlineData("%EF%BF%BE")]
    [InlineData("%25_'%22%3Cscript%3E")]
    public async Task People_SearchedForRubbish_FindNobody(string q) =>
        Assert.NotNull((await (await site.SignInAsync("xa.coordinator")).GetPageAsync($"/people?q={q}zz%EF%BF%BE")).QuerySelector(".empty-state"));

    [Fact]
    public async Task Person_WithoutAccount_IsGivenOneWithACode()
    {
        var client = await site.SignInAsync("xa.coordinator");

        var response = await client.PostFormAsync("/people/SL-000002/account", [], "/people/SL-000002");

        var user = await site.QueryAsync(db => db.People.Where(person => person.Code == "SL-000002").Select(person => person.UserId).SingleAsync());
        Assert.Equal($"/users/{user}", response.Headers.Location!.ToString(), ignoreCase: true);
        Assert.NotNull((await client.GetPageAsync(response.Headers.Location.ToString())).QuerySelector("#new-code"));
        Assert.Contains("Cấp mã mới", (await client.GetPageAsync("/people/SL-000002")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_OfAVisitor_ShowsTheProvincesNumbersAndNobodysName()
    {
        var page = await site.CreateClient().GetPageAsync("/");

        Assert.Contains("Tỉnh Sơn La hôm nay", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("3", page.QuerySelectorAll("[aria-labelledby=numbers] dd")[2].TextContent);
    }

    [Fact]
    public async Task RosterImport_PreviewedThenConfirmed_IsWritten()
    {
        var client = await site.SignInAsync("xa.coordinator");
        const string list = "STT,Họ và tên,Năm sinh,Giới tính,Chức vụ trong Tổ,Số điện thoại,Xã/phường/thị trấn,Bản/tiểu khu/tổ dân phố\n"
            + "1,Lò Văn Tệp,1980,Nam,Thành viên,0500 999 200,Phường Chiềng Lề,Tổ 2\n"
            + "2,,1980,Nam,Thành viên,0500999201,Phường Chiềng Lề,Tổ 2\n"
            + "3,Lò Văn Ngoài,1980,Nam,Thành viên,0500999202,Phường Tô Hiệu,Tổ 3\n";
        var upload = await UploadAsync(client, list);
        var preview = await client.GetPageAsync(upload.Headers.Location!.ToString());
        Assert.Equal(["3", "1", "0", "2"], preview.QuerySelectorAll(".stats dd").Select(figure => figure.TextContent));
        Assert.Contains("Đơn vị ngoài phạm vi của bạn", preview.QuerySelector("[data-code=UNIT_OUT_OF_SCOPE]")!.TextContent, StringComparison.Ordinal);

        await client.PostFormAsync(upload.Headers.Location!.ToString(), []);
        Assert.False(await site.QueryAsync(db => db.People.AnyAsync(person => person.FullName == "Lò Văn Tệp")));
        var confirmed = await client.PostFormAsync(upload.Headers.Location!.ToString(), new() { ["acceptValid"] = "true" });

        Assert.Equal("/units", confirmed.Headers.Location!.ToString());
        Assert.Equal(["Lò Văn Tệp"], await site.QueryAsync(db => db.People.Where(person => person.FullName == "Lò Văn Tệp" || person.FullName == "Lò Văn Ngoài").Select(person => person.FullName).ToListAsync()));
    }

    [Fact]
    public async Task RosterImport_OfANewLeaderForATeamThatHasOne_CountsThoseAlreadyThereAndWarns()
    {
        var team = await site.QueryAsync(db => db.Memberships.Where(row => row.ValidTo == null && row.Role == TeamRole.Leader && row.Team.Unit.Level == UnitLevel.Village && row.Team.Unit.Parent!.Code == "03646")
            .Select(row => new { row.Team.Unit.Name, Members = db.Set<Membership>().Count(other => other.TeamId == row.TeamId && other.ValidTo == null && other.Role != TeamRole.Collaborator) }).FirstAsync());
        var client = await site.SignInAsync("xa.coordinator");
        var upload = await UploadAsync(client, $"Họ và tên,Năm sinh,Chức vụ trong Tổ,Số điện thoại,Xã,Bản\nLò Văn Mới,1980,Tổ trưởng,0500999203,Phường Chiềng Lề,{team.Name}\n");

        var page = await client.GetPageAsync(upload.Headers.Location!.ToString());

        var line = Assert.Single(page.QuerySelectorAll("main p"), line => line.TextContent.Contains(team.Name, StringComparison.Ordinal) && line.QuerySelector(".state-warning") is not null).TextContent;
        Assert.Contains("Tổ có hơn một Tổ trưởng", line, StringComparison.Ordinal);
        Assert.Contains($"sau khi nhập có {team.Members + 1} thành viên", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RosterImport_OfACommuneAlmostByName_NamesTheOneThatIsMeant()
    {
        var client = await site.SignInAsync("xa.coordinator");
        var upload = await UploadAsync(client, "Họ và tên,Năm sinh,Xã\nLò Văn Gần,1980,Phường Chiềng Lẻ\n");

        var page = await client.GetPageAsync(upload.Headers.Location!.ToString());

        Assert.Contains("Phường Chiềng Lề, Thành phố Sơn La, mã 03646", page.QuerySelector("[data-code=UNIT_FUZZY]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RosterImport_OfADayThatHasNotCome_IsRefused()
    {
        var response = await SendAsync(await site.SignInAsync("xa.coordinator"), "Họ và tên,Xã\nLò Văn Mai,Phường Chiềng Lề\n", "2030-01-01");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("không thể sau hôm nay", (await response.ReadPageAsync()).QuerySelector("#AsOf-error")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_OfADayThatHasNotCome_SayWhatTheFiguresRestOn()
    {
        var page = await (await site.SignInAsync("so.organizer")).GetPageAsync("/units?as_of=2099-01-01");

        Assert.Contains("ngày này chưa đến", page.QuerySelector(".page-head-sub")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RosterImport_OfSomebodyElse_CannotBeSeen()
    {
        var upload = await UploadAsync(await site.SignInAsync("xa.coordinator"), "Họ và tên,Xã\nLò Văn Riêng,Phường Chiềng Lề\n");

        var response = await (await site.SignInAsync("so.organizer")).GetAsync(upload.Headers.Location!.ToString());

        Assert.Equal("/roster-import", response.Headers.Location!.ToString());
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string list)
    {
        var response = await SendAsync(client, list, "2026-11-01");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string list, string day)
    {
        var form = await client.GetPageAsync("/roster-import");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" },
            { new StringContent(day), "AsOf" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(list));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        content.Add(file, "file", "danh-sach.csv");
        return await client.PostAsync("/roster-import", content);
    }
}

public sealed class SqlitePageTests(SqliteSite site) : PageTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPageTests(PostgreSqlSite site) : PageTests(site), IClassFixture<PostgreSqlSite>;
