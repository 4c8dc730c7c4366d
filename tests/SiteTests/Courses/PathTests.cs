using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A path recommends courses by role and team (R31); organizers put paths together.</summary>
public abstract class PathTests(SiteFixture site)
{
    private const string Commune = "T-03646";

    [Fact]
    public async Task Catalogue_Leader_ShowsTheLeadersPath()
    {
        var page = await (await site.SignInAsync("to.truong")).GetPageAsync("/courses");

        Assert.Contains("Người dẫn dắt Tổ", OwnPath(page).TextContent);
        Assert.Equal(["Trả tiền bằng mã vuông", "Giữ an toàn khi dùng điện thoại"], Courses(page));
    }

    [Fact]
    public async Task Catalogue_MemberOfVillageOrCommune_ShowsThePathOfTheLevel()
    {
        var village = await site.SignInAsync((await site.LearnerAsync()).User);
        var commune = await site.SignInAsync((await site.LearnerAsync(Commune)).User);

        Assert.Contains("Bước đầu ở bản", OwnPath(await village.GetPageAsync("/courses")).TextContent);
        Assert.Contains("Bước đầu ở bản", OwnPath(await village.GetPageAsync("/today")).TextContent);
        Assert.Contains("Cùng làm ở xã", OwnPath(await commune.GetPageAsync("/courses")).TextContent);
        Assert.Contains("Cùng làm ở xã", OwnPath(await commune.GetPageAsync("/today")).TextContent);
    }

    [Fact]
    public async Task Catalogue_SeveralPathsFit_TheLowestOfTheNarrowestIsOwnAndOthersAreLinks()
    {
        var leader = await site.SignInAsync((await site.LearnerAsync(Commune, TeamRole.Leader)).User);

        var own = OwnPath(await leader.GetPageAsync("/courses"));

        Assert.Contains("Người dẫn dắt Tổ", own.QuerySelector("b")!.TextContent);
        Assert.Equal("Cùng làm ở xã", own.QuerySelector("a[href='/courses/paths/cap-xa']")!.TextContent);
        Assert.Null(own.QuerySelector("a[href='/courses/paths/o-ban']"));
    }

    [Fact]
    public async Task Catalogue_MemberOfTwoTeams_GetsTheNarrowerPath()
    {
        var learner = await site.LearnerAsync(Commune);
        await site.QueryAsync(async db =>
        {
            var team = await db.Teams.Where(row => row.Unit.Code == CoursesArrange.Village).Select(row => row.Id).SingleAsync();
            db.Memberships.Add(new() { PersonId = learner.PersonId, TeamId = team, Role = TeamRole.Member, ValidFrom = new(2024, 1, 1) });
            return await db.SaveChangesAsync();
        });

        var own = OwnPath(await (await site.SignInAsync(learner.User)).GetPageAsync("/courses"));

        Assert.Contains("Bước đầu ở bản", own.QuerySelector("b")!.TextContent);
        Assert.NotNull(own.QuerySelector("a[href='/courses/paths/cap-xa']"));
    }

    [Fact]
    public async Task Catalogue_RoleEnded_NoLongerCounts()
    {
        var learner = await site.LearnerAsync(role: TeamRole.Leader);
        var client = await site.SignInAsync(learner.User);
        Assert.Contains("Người dẫn dắt Tổ", OwnPath(await client.GetPageAsync("/courses")).TextContent);
        var today = site.Clock.Today();
        await site.QueryAsync(async db =>
        {
            var ended = await db.Memberships.SingleAsync(row => row.PersonId == learner.PersonId);
            ended.ValidTo = today;
            db.Memberships.Add(new() { PersonId = learner.PersonId, TeamId = ended.TeamId, Role = TeamRole.Member, ValidFrom = today });
            return await db.SaveChangesAsync();
        });

        Assert.Contains("Bước đầu ở bản", OwnPath(await client.GetPageAsync("/courses")).TextContent);
    }

    [Fact]
    public async Task Next_CourseCompleted_MovesOnAlongThePath()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var start = await client.GetPageAsync("/today");
        Assert.Equal("/courses/giu-an-toan/nhan-ra-tro-lua", NextUrl(start));
        Assert.Contains("Đã xong 0 trong 2 khóa", OwnPath(start).TextContent);
        Assert.Equal(["Tiếp theo", "Chưa học"], States(start));

        await client.GetPageAsync("/courses/tra-tien-bang-ma/quet-ma");
        Assert.Equal("/courses/giu-an-toan/nhan-ra-tro-lua", NextUrl(await client.GetPageAsync("/today")));
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);

        foreach (var url in new[] { "/today", "/courses", "/courses/paths/o-ban" })
        {
            var page = await client.GetPageAsync(url);
            Assert.Equal("/courses/tra-tien-bang-ma/quet-ma", NextUrl(page));
            Assert.Contains("Đã xong 1 trong 2 khóa", page.Words());
            Assert.Equal(["Đã xong", "Đang học"], States(page));
        }
    }

    [Fact]
    public async Task Catalogue_PathCompleted_SaysSo()
    {
        var learner = await site.LearnerAsync();
        await site.QueryAsync(async db =>
        {
            var now = site.Clock.UtcNow();
            db.Completions.AddRange((await db.Courses.ToListAsync()).Select(course => new Completion { PersonId = learner.PersonId, CourseId = course.Id, TopicCode = course.TopicCode, CompletedUtc = now, RecordedUtc = now }));
            return await db.SaveChangesAsync();
        });

        var page = await (await site.SignInAsync(learner.User)).GetPageAsync("/courses");

        Assert.Contains("Bạn đã đi hết lộ trình này", OwnPath(page).TextContent);
        Assert.Null(page.QuerySelector(".next-card"));
    }

    [Fact]
    public async Task Catalogue_Visitor_SeesPublishedPathsAndForWhom()
    {
        var visitor = site.CreateClient();

        var catalogue = await visitor.GetPageAsync("/courses");
        var path = await visitor.GetPageAsync("/courses/paths/o-ban");

        Assert.Null(catalogue.GetElementById("own-path"));
        Assert.Contains("Bước đầu ở bản Dành cho: Thành viên · Tổ cấp thôn, bản 2 khóa học", catalogue.Words());
        Assert.Contains("Cùng làm ở xã Dành cho: Mọi người · Tổ cấp xã", catalogue.Words());
        Assert.Contains("Bước đầu ở bản", (await visitor.GetPageAsync("/courses/paths")).Words());
        Assert.DoesNotContain("Lộ trình đang soạn", catalogue.Words());
        Assert.DoesNotContain("Lộ trình đang soạn", (await visitor.GetPageAsync("/courses/paths")).Words());
        await visitor.GetPageAsync("/courses/paths/dang-soan", HttpStatusCode.NotFound);
        Assert.Equal(["Giữ an toàn khi dùng điện thoại", "Trả tiền bằng mã vuông"], Courses(path));
        Assert.Empty(States(path));
    }

    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    [InlineData("xa.coordinator")]
    public async Task Edit_WithoutTheRight_IsRefused(string user)
    {
        var client = await site.SignInAsync(user);

        Assert.Contains((await client.GetAsync("/courses/paths/edit")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        var post = await client.PostFormAsync("/courses/paths/edit/o-ban/remove", [], page: "/courses/tra-tien-bang-ma/quiz");
        Assert.Contains(post.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        Assert.True(await site.QueryAsync(db => db.LearningPaths.AnyAsync(path => path.Slug == "o-ban")));
    }

    [Fact]
    public async Task Path_WrittenPublishedReorderedRemoved_IsSeenAccordingly()
    {
        var author = await site.SignInAsync("so.organizer");
        var member = await site.SignInAsync((await site.LearnerAsync(role: TeamRole.Collaborator)).User);
        var (url, title) = await CreateAsync(author);
        var address = url.Replace("/edit", "", StringComparison.Ordinal);
        await member.GetPageAsync(address, HttpStatusCode.NotFound);
        var row = (await author.GetPageAsync("/courses/paths/edit")).QuerySelector($".rows a[href='{url}']")!;
        Assert.Equal([title, "Cộng tác viên · Tổ cấp thôn, bản", "2 khóa học", "Bản nháp"], row.QuerySelectorAll("b, .row-sub, .state").Select(part => part.TextContent.Trim()));

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(author, url, new(Path(title)) { ["Form.IsPublished"] = "true" })).StatusCode);
        var own = await member.GetPageAsync("/courses");
        Assert.Contains(title, OwnPath(own).TextContent);
        Assert.Equal(["Giữ an toàn khi dùng điện thoại", "Trả tiền bằng mã vuông"], Courses(own));

        await SaveAsync(author, url, new(Path(title)) { ["Form.IsPublished"] = "true", ["Form.Courses[0]"] = "tra-tien-bang-ma", ["Form.Courses[1]"] = "", ["Form.Courses[2]"] = "giu-an-toan" });
        Assert.Equal(["Trả tiền bằng mã vuông", "Giữ an toàn khi dùng điện thoại"], Courses(await member.GetPageAsync(address)));

        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"{url}/remove", [], page: url)).StatusCode);
        await member.GetPageAsync(address, HttpStatusCode.NotFound);
        Assert.Null((await member.GetPageAsync("/courses")).GetElementById("own-path"));
        await author.GetPageAsync(url, HttpStatusCode.NotFound);
        Assert.False(await site.QueryAsync(db => db.LearningPathCourses.AnyAsync(step => step.Path.Title == title)));
    }

    [Fact]
    public async Task Path_Invalid_IsRefusedAndKeepsWhatWasChosen()
    {
        var author = await site.SignInAsync("so.organizer");

        var untitled = await (await author.PostFormAsync("/courses/paths/edit/new", new(Path("")) { ["Form.Courses[1]"] = "tra-tien-bang-ma" })).ReadPageAsync();
        var forNobody = await (await author.PostFormAsync("/courses/paths/edit/new", new()
        {
            ["Form.Title"] = "Lộ trình chưa đủ",
            ["Form.Summary"] = "Thiếu vai trò",
            ["Form.Order"] = "9",
            ["Form.Courses[0]"] = "giu-an-toan",
            ["Form.Courses[1]"] = "giu-an-toan",
            ["Form.IsPublished"] = "true",
        })).ReadPageAsync();
        var empty = await (await author.PostFormAsync("/courses/paths/edit/new", new(Path("Lộ trình rỗng")) { ["Form.Courses[0]"] = "", ["Form.Courses[1]"] = "", ["Form.IsPublished"] = "true" })).ReadPageAsync();

        Assert.NotNull(untitled.QuerySelector(".error-summary a[href='#Form_Title']"));
        Assert.Equal("tra-tien-bang-ma", untitled.QuerySelector<IHtmlSelectElement>("#course-1")!.Value);
        Assert.True(untitled.QuerySelector<IHtmlInputElement>("#role-Collaborator")!.IsChecked);
        Assert.Equal("Lộ trình chưa đủ", forNobody.QuerySelector<IHtmlInputElement>("#Form_Title")!.Value);
        Assert.All(new[] { "Roles", "Levels", "Courses" }, field => Assert.NotNull(forNobody.QuerySelector($".error-summary a[href='#Form_{field}']")));
        Assert.Contains("Lộ trình cần ít nhất một khóa học đang đăng", empty.Words());
        Assert.False(await site.QueryAsync(db => db.LearningPaths.AnyAsync(path => path.Title.StartsWith("Lộ trình chưa") || path.Title.StartsWith("Lộ trình rỗng"))));
    }

    [Fact]
    public async Task Path_SameTitleTwice_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var (_, title) = await CreateAsync(author);

        var again = await author.PostFormAsync("/courses/paths/edit/new", Path(title));

        Assert.Contains($"Đã có lộ trình tên là “{title}”", (await again.ReadPageAsync()).Words());
    }

    [Fact]
    public async Task Path_TwoAuthors_SecondIsToldAndKeepsTheChoice()
    {
        var author = await site.SignInAsync("so.organizer");
        var (url, title) = await CreateAsync(author);
        var mine = Path(title);
        mine["Form.Version"] = await VersionAsync(author, url);
        var theirs = new Dictionary<string, string?>(mine) { ["Form.Courses[0]"] = "tra-tien-bang-ma", ["Form.Courses[1]"] = "" };
        Assert.Equal(HttpStatusCode.Redirect, (await (await site.SignInAsync("admin")).PostFormAsync(url, theirs)).StatusCode);

        var refused = await author.PostFormAsync(url, new(mine) { ["Form.Summary"] = "Bản của tôi" });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.ReadPageAsync();
        Assert.Equal("Bản của tôi", page.QuerySelector<IHtmlTextAreaElement>("#Form_Summary")!.Value);
        Assert.Equal("giu-an-toan", page.QuerySelector<IHtmlSelectElement>("#course-0")!.Value);
        Assert.Equal(["Trả tiền bằng mã vuông"], page.QuerySelectorAll("#theirs li").Select(line => line.TextContent.Trim()));
        Assert.Equal(1, await CountAsync());

        mine["Form.Version"] = page.QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync(url, mine)).StatusCode);
        Assert.Equal(2, await CountAsync());

        Task<int> CountAsync() => site.QueryAsync(db => db.LearningPathCourses.CountAsync(step => step.Path.Title == title));
    }

    [Fact]
    public async Task Course_WithTheAddressOfPaths_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");

        var refused = await author.PostFormAsync("/courses/edit/new", new()
        {
            ["Form.Title"] = "Một khóa",
            ["Form.Slug"] = "paths",
            ["Form.TopicCode"] = "T7",
            ["Form.Summary"] = "Chiếm địa chỉ",
            ["Form.QuizRequired"] = "true",
        });

        Assert.NotNull((await refused.ReadPageAsync()).QuerySelector(".error-summary a[href='#Form_Slug']"));
        Assert.False(await site.QueryAsync(db => db.Courses.AnyAsync(course => course.Slug == "paths")));
    }

    [Fact]
    public async Task LearningPaths_RunAgain_ChangesNothing()
    {
        var before = await SnapshotAsync();

        await RunAsync("learning-paths", """{ "name": "learning-paths", "file": "paths.json" }""");

        Assert.Equal(before, await SnapshotAsync());

        Task<string> SnapshotAsync() => site.QueryAsync(async db => string.Join('\n',
            (await db.LearningPathCourses.OrderBy(step => step.Path.Slug).ThenBy(step => step.Position).Select(step => new { step.Path.Id, step.Path.Version, step.CourseId, step.Position }).ToListAsync()).Select(row => row.ToString())));
    }

    [Fact]
    public async Task ModulePaths_OnTheModulesCourses_AreAtLeastThree()
    {
        var slugs = Directory.EnumerateDirectories(System.IO.Path.Combine(AppContext.BaseDirectory, "Recipes", "Courses", "courses")).Select(System.IO.Path.GetFileName).ToHashSet();

        using var paths = JsonDocument.Parse(await File.ReadAllBytesAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "Recipes", "Courses", "paths.json"), TestContext.Current.CancellationToken));

        Assert.True(paths.RootElement.GetArrayLength() >= 3);
        Assert.All(paths.RootElement.EnumerateArray().SelectMany(path => path.GetProperty("courses").EnumerateArray()), course => Assert.Contains(course.GetString(), slugs));
    }

    private static IElement OwnPath(IDocument page) => page.QuerySelector("section[aria-labelledby=own-path]")!;

    private static IEnumerable<string> Courses(IDocument page) => page.QuerySelectorAll("ol.rows b").Select(title => title.TextContent);

    private static IEnumerable<string> States(IDocument page) => page.QuerySelectorAll("ol.rows .state").Select(state => state.TextContent.Trim());

    private static string NextUrl(IDocument page) => page.QuerySelector<IHtmlAnchorElement>(".next-card a")!.PathName;

    private static async Task<(string Url, string Title)> CreateAsync(HttpClient author)
    {
        var title = $"Lộ trình thử {Guid.NewGuid():N}";
        var created = await author.PostFormAsync("/courses/paths/edit/new", Path(title));
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        return (created.Headers.Location!.ToString(), title);
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient author, string url, Dictionary<string, string?> fields) =>
        await author.PostFormAsync(url, new(fields) { ["Form.Version"] = await VersionAsync(author, url) });

    private static async Task<string> VersionAsync(HttpClient author, string url) =>
        (await author.GetPageAsync(url)).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;

    private static Dictionary<string, string?> Path(string title) => new()
    {
        ["Form.Title"] = title,
        ["Form.Summary"] = "Một lộ trình để thử",
        ["Form.Roles[0]"] = "Collaborator",
        ["Form.Levels[0]"] = "Village",
        ["Form.Courses[0]"] = "giu-an-toan",
        ["Form.Courses[1]"] = "tra-tien-bang-ma",
        ["Form.Order"] = "9",
    };

    private Task<bool> RunAsync(string name, string step) => site.WithAsync(async services =>
    {
        var recipe = RecipeExecutor.FindAll().Single(row => row.Name == "test");
        await services.GetRequiredService<IEnumerable<IRecipeStepHandler>>().Single(handler => handler.Name == name)
            .ExecuteAsync(new(recipe, JsonSerializer.Deserialize<JsonElement>(step), _ => { }), TestContext.Current.CancellationToken);
        return true;
    });
}

public sealed class SqlitePathTests(SqliteSite site) : PathTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPathTests(PostgreSqlSite site) : PathTests(site), IClassFixture<PostgreSqlSite>;
