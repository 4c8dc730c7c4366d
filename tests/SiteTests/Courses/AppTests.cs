using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Apps;
using TrainingSite.Courses.Models;
using TrainingSite.SiteTests.Organization;
using TrainingSite.SiteTests.Search;

namespace TrainingSite.SiteTests.Courses;

public abstract class AppTests(SiteFixture site)
{
    [Fact]
    public async Task Create_Reviewed_IsListedFoundAndOnTheCoursesPage()
    {
        var course = await site.QueryAsync(db => db.Courses.AsNoTracking().SingleAsync(row => row.Slug == "giu-an-toan"));
        var lesson = await site.QueryAsync(db => db.Lessons.AsNoTracking().FirstAsync(row => row.CourseId == course.Id));
        var organizer = await site.SignInAsync("so.organizer");

        var saved = await SaveAsync(organizer, "/apps/new", Fields("Lá chắn Mường Bú", ("Form.TopicCode", course.TopicCode), ("Form.CourseId", $"{course.Id}"), ("Form.LessonId", $"{lesson.Id}"), ("Form.AndroidUrl", "https://play.google.com/store/apps/details?id=vn.example")));

        Assert.Equal("/apps/la-chan-muong-bu", saved.Headers.Location!.ToString());
        var visitor = site.CreateClient();
        Assert.Contains("Lá chắn Mường Bú", await NamesAsync(visitor, "/apps"));
        Assert.Contains("Lá chắn Mường Bú", await NamesAsync(visitor, $"/apps?topic={course.TopicCode}"));
        Assert.DoesNotContain("Lá chắn Mường Bú", await NamesAsync(visitor, "/apps?topic=T9"));
        Assert.NotNull((await visitor.GetPageAsync("/courses/giu-an-toan")).QuerySelector("a[href='/apps/la-chan-muong-bu']"));
        Assert.Contains("Lá chắn Mường Bú", (await site.SearchAsync("la chan muong bu", kind: "app")).Titles());
        var page = await visitor.GetPageAsync("/apps/la-chan-muong-bu");
        Assert.NotNull(page.QuerySelector("a[href='https://play.google.com/store/apps/details?id=vn.example'][rel~=noopener]"));
        Assert.NotNull(page.QuerySelector($"a[href='/courses/giu-an-toan/{lesson.Slug}']"));
        Assert.Contains("Cán bộ Sở Thông tin và Truyền thông xem lại ngày 22/11/2026", page.Words(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[href$='/edit']"));
    }

    [Fact]
    public async Task Create_NotReviewed_IsSeenByStaffOnly()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Chờ xem Nà Bai", ("Form.Reviewed", "false")));
        var member = await site.SignInAsync("member");

        await member.GetPageAsync("/apps/cho-xem-na-bai", HttpStatusCode.NotFound);
        Assert.DoesNotContain("Chờ xem Nà Bai", await NamesAsync(member, "/apps"));
        Assert.DoesNotContain("Chờ xem Nà Bai", (await site.SearchAsync("cho xem na bai")).Titles());
        Assert.Contains("Chờ xem Nà Bai", await NamesAsync(organizer, "/apps?due=true"));
        await SaveAsync(organizer, "/apps/cho-xem-na-bai/edit", Fields("Chờ xem Nà Bai"));
        Assert.Contains("Chờ xem Nà Bai", await NamesAsync(member, "/apps"));
        Assert.Contains("Chờ xem Nà Bai", (await site.SearchAsync("cho xem na bai")).Titles());
    }

    [Fact]
    public async Task List_AppOfACommune_IsForItsPeopleOnly()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Riêng Sam Kha", ("Form.UnitCode", "04225")));
        await SaveAsync(organizer, "/apps/new", Fields("Riêng Chiềng Lề", ("Form.UnitCode", "03646")));
        await SaveAsync(organizer, "/apps/new", Fields("Riêng thành phố", ("Form.UnitCode", "116")));
        var member = await site.SignInAsync("member");

        var seen = await NamesAsync(member, "/apps");

        Assert.Contains("Riêng Chiềng Lề", seen);
        Assert.Contains("Riêng thành phố", seen);
        Assert.DoesNotContain("Riêng Sam Kha", seen);
        await member.GetPageAsync("/apps/rieng-sam-kha", HttpStatusCode.NotFound);
        await site.CreateClient().GetPageAsync("/apps/rieng-chieng-le", HttpStatusCode.NotFound);
        Assert.Contains("Riêng Chiềng Lề", (await site.SearchAsync("rieng chieng le", ["Member|14/116/03646/03646-SYN-042/"])).Titles());
        Assert.DoesNotContain("Riêng Chiềng Lề", (await site.SearchAsync("rieng chieng le", ["Member|14/127/04225/04225-SYN-001/"])).Titles());
        var city = await NamesAsync(organizer, "/apps?unit=14%2F116%2F");
        Assert.Contains("Riêng thành phố", city);
        Assert.DoesNotContain("Riêng Chiềng Lề", city);
    }

    [Fact]
    public async Task Edit_ByACoordinator_IsForTheirCommuneOnly()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Toàn tỉnh Púng Luông"));
        await SaveAsync(organizer, "/apps/new", Fields("Tô Hiệu riêng", ("Form.UnitCode", "03649")));
        var coordinator = await site.SignInAsync("xa.coordinator");

        Assert.Contains("Chỉ cán bộ cấp tỉnh", await RefusedAsync(coordinator, "/apps/new", Fields("Xã làm cho tỉnh")), StringComparison.Ordinal);
        Assert.Contains("trong phạm vi của bạn", await RefusedAsync(coordinator, "/apps/new", Fields("Xã làm cho xã khác", ("Form.UnitCode", "03649"))), StringComparison.Ordinal);
        await coordinator.GetPageAsync("/apps/toan-tinh-pung-luong/edit", HttpStatusCode.NotFound);
        await coordinator.GetPageAsync("/apps/to-hieu-rieng/edit", HttpStatusCode.NotFound);
        foreach (var slug in new[] { "toan-tinh-pung-luong", "to-hieu-rieng" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await coordinator.PostFormAsync($"/apps/{slug}/edit", Fields("Đổi"), "/apps/new")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await coordinator.PostFormAsync($"/apps/{slug}/remove", [], "/apps/new")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(coordinator, "/apps/new", Fields("Của Chiềng Lề", ("Form.UnitCode", "03646")))).StatusCode);
        await SaveAsync(coordinator, "/apps/cua-chieng-le/edit", Fields("Của phường Chiềng Lề", ("Form.UnitCode", "03646")));
        Assert.Contains("Của phường Chiềng Lề", await NamesAsync(coordinator, "/apps"));
        await coordinator.PostFormAsync("/apps/cua-chieng-le/remove", [], "/apps/cua-chieng-le/edit");
        Assert.DoesNotContain("Của phường Chiềng Lề", await NamesAsync(coordinator, "/apps"));
        Assert.DoesNotContain("Của phường Chiềng Lề", (await site.SearchAsync("cua phuong chieng le", ["Coordinator|14/116/03646/"])).Titles());
    }

    [Theory]
    [InlineData("Form.AndroidUrl", "https://play.google.com.evil.example/store", "https://play.google.com/")]
    [InlineData("Form.AppleUrl", "http://apps.apple.com/app", "https://apps.apple.com/")]
    [InlineData("Form.WebUrl", "javascript:alert(1)", "https://")]
    [InlineData("Form.WebUrl", "https://vneid.gov.vn@evil.example/", "https://")]
    [InlineData("Form.WebUrl", "", "ít nhất một địa chỉ")]
    [InlineData("Form.TopicCode", "T99", "Hãy chọn chuyên đề")]
    [InlineData("Form.LessonId", "00000000-0000-0000-0000-000000000001", "trong danh sách")]
    [InlineData("Form.NextReviewOn", "2026-11-22", "phải sau hôm nay")]
    [InlineData("Form.NextReviewOn", "", "phải sau hôm nay")]
    [InlineData("Form.UnitCode", "khong-co", "khong-co")]
    [InlineData("Form.Name", "", "tên ứng dụng")]
    public async Task Create_WrongInput_SaysWhereAndKeepsTheRest(string field, string value, string expected)
    {
        var organizer = await site.SignInAsync("so.organizer");

        var answer = await SaveAsync(organizer, "/apps/new", Fields("Không lưu", (field, value)));

        var page = await answer.ReadPageAsync();
        Assert.Contains(expected, page.QuerySelector(".error-summary")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Để thử.", page.QuerySelector("#Form_Purpose")!.TextContent.Trim());
        Assert.False(await site.QueryAsync(db => db.RecommendedApps.AnyAsync(app => app.Slug == "khong-luu")));
    }

    [Fact]
    public async Task Edit_UnitThatHasEnded_KeepsTheUnit()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var unit = await site.UnitAsync("Xã Mai Nhập");
        await SaveAsync(organizer, "/apps/new", Fields("Riêng Mai Nhập", ("Form.UnitCode", unit.Code)));
        await site.EndUnitAsync(unit);

        var chosen = (await organizer.GetPageAsync("/apps/rieng-mai-nhap/edit")).QuerySelector<IHtmlSelectElement>("#Form_UnitCode")!.Value!;
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(organizer, "/apps/rieng-mai-nhap/edit", Fields("Riêng Mai Nhập", ("Form.UnitCode", chosen)))).StatusCode);

        Assert.Equal(unit.Path, await site.QueryAsync(db => db.RecommendedApps.Where(app => app.Slug == "rieng-mai-nhap").Select(app => app.UnitPath).SingleAsync()));
        Assert.Contains("trong phạm vi của bạn", await RefusedAsync(organizer, "/apps/new", Fields("Mới cho xã đã nhập", ("Form.UnitCode", unit.Code))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WhatMustBeLookedAt_IsForThoseWhoMayDoIt()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Cũ của tỉnh", ("Form.NextReviewOn", "2026-11-25")));
        await SaveAsync(organizer, "/apps/new", Fields("Cũ của xã", ("Form.NextReviewOn", "2026-11-25"), ("Form.UnitCode", "03646")));
        site.Clock.Advance(TimeSpan.FromDays(5));
        var (coordinator, member) = (await site.SignInAsync("xa.coordinator"), await site.SignInAsync("member"));

        var theirs = await NamesAsync(coordinator, "/apps?due=true");
        Assert.Contains("Cũ của xã", theirs);
        Assert.DoesNotContain("Cũ của tỉnh", theirs);
        Assert.Empty(await NamesAsync(member, "/apps?due=true"));
        Assert.Empty(await NamesAsync(site.CreateClient(), "/apps?due=true"));
        Assert.Null((await member.GetPageAsync("/apps")).QuerySelector("a[href*='due=true']"));
        site.Clock.Advance(TimeSpan.FromDays(-5));
    }

    [Fact]
    public async Task Create_ByTwoInOneMoment_IsRefusedToTheLater()
    {
        var organizer = await site.SignInAsync("so.organizer");
        var page = await organizer.GetPageAsync("/apps/new");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => organizer.PostFormFromAsync(page, "/apps/new", Fields("Cùng một lúc"))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        foreach (var answer in answers.Where(answer => answer.StatusCode != HttpStatusCode.Redirect))
        {
            Assert.Contains("Hãy đặt tên khác", (await answer.ReadPageAsync()).QuerySelector(".error-summary")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Remove_ByTwoInOneMoment_IsDoneOnce()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Hai người xóa"));
        var page = await organizer.GetPageAsync("/apps/hai-nguoi-xoa/edit");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => organizer.PostFormFromAsync(page, "/apps/hai-nguoi-xoa/remove", [])));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Create_NameTwice_IsRefused()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Trùng tên"));

        Assert.Contains("Hãy đặt tên khác", await RefusedAsync(organizer, "/apps/new", Fields("TRÙNG tên")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_ChangedMeanwhile_KeepsWhatWasTyped()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Hai người sửa"));
        var mine = await organizer.GetPageAsync("/apps/hai-nguoi-sua/edit");
        await SaveAsync(organizer, "/apps/hai-nguoi-sua/edit", Fields("Hai người sửa", ("Form.Purpose", "Bản của người kia.")));

        var answer = await organizer.PostFormFromAsync(mine, "/apps/hai-nguoi-sua/edit", Fields("Hai người sửa", ("Form.Version", "0"), ("Form.Purpose", "Bản của tôi.")));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("Bản của tôi.", (await answer.ReadPageAsync()).QuerySelector("#Form_Purpose")!.TextContent.Trim());
        Assert.Contains("Bản của người kia.", (await organizer.GetPageAsync("/apps/hai-nguoi-sua")).Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NextReviewPassed_IsMarkedForAll()
    {
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Sắp cũ", ("Form.NextReviewOn", "2026-12-01")));
        var member = await site.SignInAsync("member");
        Assert.Null((await member.GetPageAsync("/apps/sap-cu")).QuerySelector(".notice-warning"));

        site.Clock.Advance(TimeSpan.FromDays(10));
        member = await site.SignInAsync("member");
        organizer = await site.SignInAsync("so.organizer");

        Assert.Contains("01/12/2026", (await member.GetPageAsync("/apps/sap-cu")).QuerySelector(".notice-warning")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sắp cũ", await NamesAsync(organizer, "/apps?due=true"));
        site.Clock.Advance(TimeSpan.FromDays(-10));
    }

    [Fact]
    public async Task Edit_WithoutTheRight_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync("/apps/new")).StatusCode);
        var member = await site.SignInAsync("member");
        await member.GetPageAsync("/apps/new", HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.PostFormAsync("/apps/new", Fields("Thành viên thêm"), "/me")).StatusCode);
    }

    [Fact]
    public async Task Guide_DocumentOfAnotherUnit_IsNotShown()
    {
        var id = await site.QueryAsync(async db =>
        {
            var document = new TrainingSite.Library.Models.Document { Title = "Hướng dẫn riêng Sam Kha", Visibility = TrainingSite.Library.Models.DocumentVisibility.Unit, UnitPath = "14/127/04225/", UnitName = "Xã Sam Kha", Sha256 = "app-test", FileName = "a.txt", CreatedUtc = site.Clock.UtcNow(), EditionUtc = site.Clock.UtcNow() };
            db.Add(document);
            await db.SaveChangesAsync();
            return document.Id;
        });
        var organizer = await site.SignInAsync("so.organizer");
        await SaveAsync(organizer, "/apps/new", Fields("Có tài liệu riêng", ("Form.DocumentId", $"{id}")));

        Assert.Contains("Hướng dẫn riêng Sam Kha", (await organizer.GetPageAsync("/apps/co-tai-lieu-rieng")).Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Hướng dẫn riêng Sam Kha", (await (await site.SignInAsync("member")).GetPageAsync("/apps/co-tai-lieu-rieng")).Words(), StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(HttpClient client, string address) => [.. (await client.GetPageAsync(address)).QuerySelectorAll(".rows b").Select(row => row.TextContent)];

    /// <summary>Sends the form with the version that the page bears.</summary>
    private static async Task<HttpResponseMessage> SaveAsync(HttpClient client, string address, Dictionary<string, string?> fields)
    {
        var page = await client.GetPageAsync(address);
        return await client.PostFormFromAsync(page, address, new(fields) { ["Form.Version"] = page.QuerySelector("#Form_Version")!.GetAttribute("value") });
    }

    private static async Task<string> RefusedAsync(HttpClient client, string address, Dictionary<string, string?> fields) =>
        (await (await SaveAsync(client, address, fields)).ReadPageAsync()).QuerySelector(".error-summary")!.TextContent;

    private static Dictionary<string, string?> Fields(string name, params IEnumerable<(string Field, string Value)> changes)
    {
        var fields = new Dictionary<string, string?>
        {
            ["Form.Version"] = "0",
            ["Form.Name"] = name,
            ["Form.Purpose"] = "Để thử.",
            ["Form.Publisher"] = "Sở Thông tin và Truyền thông",
            ["Form.WebUrl"] = "https://example.gov.vn/ung-dung",
            ["Form.TopicCode"] = "T7",
            ["Form.Reviewed"] = "true",
            ["Form.NextReviewOn"] = "2027-05-01",
        };
        foreach (var (field, value) in changes)
        {
            fields[field] = value;
        }

        return fields;
    }
}

public sealed class SqliteAppTests(SqliteSite site) : AppTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlAppTests(PostgreSqlSite site) : AppTests(site), IClassFixture<PostgreSqlSite>;
