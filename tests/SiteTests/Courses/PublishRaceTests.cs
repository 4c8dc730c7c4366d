using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Courses.Tasks;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What one person writes while another publishes, approves or takes back: nothing is lost, nothing goes out that nobody saw.</summary>
public abstract class PublishRaceTests(SiteFixture site)
{
    [Fact]
    public async Task Publish_OfWhatChangedSinceThePageWasOpened_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản tôi thấy");
        var page = await author.GetPageAsync($"/courses/edit/{slug}");
        await WriteAsync(await site.SignInAsync("admin"), slug, "Bản người kia vừa sửa");

        Assert.Contains("Có người vừa sửa hoặc đăng khóa học này", await PostAsync(author, page, slug, "publish"));
        Assert.Contains("Bản đầu", await ReadAsync(slug));

        Assert.Contains("Đã đăng", await PostAsync(author, await author.GetPageAsync($"/courses/edit/{slug}"), slug, "publish"));
        Assert.Contains("Bản người kia vừa sửa", await ReadAsync(slug));
    }

    [Fact]
    public async Task Approve_OfARequestThatWasSentAnew_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var reviewer = await site.SignInAsync("admin");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await author.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(author, slug)) { ["Form.ReviewRequired"] = "true" });
        await WriteAsync(author, slug, "Bản người duyệt đọc");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        var page = await reviewer.GetPageAsync($"/courses/edit/{slug}");
        await WriteAsync(author, slug, "Bản chưa ai đọc");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Contains("Người soạn vừa gửi bản mới hơn bản bạn đã xem", await PostAsync(reviewer, page, slug, "approve"));
        Assert.Contains("Bản đầu", await ReadAsync(slug));

        await PostAsync(reviewer, await reviewer.GetPageAsync($"/courses/edit/{slug}"), slug, "approve");
        Assert.Contains("Bản chưa ai đọc", await ReadAsync(slug));
    }

    [Fact]
    public async Task Write_IntoADraftThatIsPublishedMeanwhile_IsToldAndChangesNothing()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await EditorTests.CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Bản đăng"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", EditorTests.Question("Một câu?"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", EditorTests.Question("Hai câu?"));

        // The three requests have read the draft when somebody publishes it.
        await using var scopes = new Scopes(site.Services);
        var (lesson, question, removal) = (await scopes.BeginAsync(slug), await scopes.BeginAsync(slug), await scopes.BeginAsync(slug));
        var row = await lesson.Db.Lessons.SingleAsync(item => item.CourseId == lesson.Course.Id);
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        var written = await lesson.Editor.WriteAsync(lesson.Course, row, new() { Title = "Bài", Minutes = 4, Position = 1, Version = row.Version, Markdown = "Bản lén" }, CancellationToken.None);
        var asked = await question.Editor.WriteQuestionAsync(
            question.Course, "T7-Q01", new() { Text = "Câu lén?", Revision = 1, Explanation = "Vì thế.", Options = [new() { Text = "Có", Correct = true }, new() { Text = "Không" }] }, CancellationToken.None);
        var retired = await removal.Editor.RetireQuestionAsync(removal.Course, "T7-Q02", CancellationToken.None);

        Assert.Equal([FaultKind.Conflict, FaultKind.Conflict, FaultKind.Conflict], new[] { written.Faults, asked.Faults, retired.Faults }.Select(faults => faults.SingleOrDefault()?.Kind ?? FaultKind.NotFound));
        Assert.Contains("Bản đăng", await ReadAsync(slug));
        Assert.Equal(["Hai câu?", "Một câu?"], await site.QueryAsync(db => db.Questions.Where(item => item.Course.Slug == slug && item.RetiredUtc == null).OrderBy(item => item.Text).Select(item => item.Text).ToListAsync()));
    }

    [Fact]
    public async Task Write_IntoAWorkingCopyThatIsPublishedMeanwhile_IsToldAndSavedTheNextTime()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản hai");
        await using var scopes = new Scopes(site.Services);
        var request = await scopes.BeginAsync(slug);
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        var written = await request.Editor.WriteAsync(request.Course, null, new() { Title = "Bài mới", Minutes = 4, Position = 2, Markdown = "Chữ" }, CancellationToken.None);

        Assert.Equal(FaultKind.Conflict, Assert.Single(written.Faults).Kind);
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Chữ")) { ["Form.Title"] = "Bài mới" })).StatusCode);
    }

    [Fact]
    public async Task Form_OpenedBeforeAnothersChange_DoesNotFitOnceThatIsPublished()
    {
        var author = await site.SignInAsync("so.organizer");
        var other = await site.SignInAsync("admin");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        var url = $"/courses/edit/{slug}/lessons/bai";
        await WriteAsync(author, slug, "Bản hai");
        await other.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(other, slug)) { ["Form.Summary"] = "Lời của người kia" });
        var (lesson, course) = (await VersionAsync(author, url), new Dictionary<string, string?>(await CourseFormAsync(author, slug)) { ["Form.Summary"] = "Lời của tôi" });
        await other.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(other, slug)) { ["Form.Summary"] = "Lời cuối của người kia" });
        await WriteAsync(other, slug, "Bản của người kia");
        var newest = await VersionAsync(other, url);
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal(HttpStatusCode.Conflict, (await author.PostFormAsync(url, EditorTests.Lesson(lesson, "Bản của tôi"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await author.PostFormAsync($"/courses/edit/{slug}", course)).StatusCode);

        // Who has the newest text open goes on where they are.
        Assert.Equal(HttpStatusCode.Redirect, (await other.PostFormAsync(url, EditorTests.Lesson(newest, "Người kia viết tiếp"))).StatusCode);
    }

    [Theory]
    [InlineData("Draft")]
    [InlineData("Archived")]
    public async Task Course_TakenBack_DoesNotComeBackAtTheTimeThatWasChosen(string state)
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản hẹn giờ");
        await ScheduleAsync(author, slug);

        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = state }, page: $"/courses/edit/{slug}");

        Assert.DoesNotContain("Sẽ tự đăng", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        await RunTaskLaterAsync();
        Assert.Equal(Enum.Parse<CourseState>(state), await site.QueryAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.State).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync($"/courses/{slug}/bai")).StatusCode);
    }

    [Fact]
    public async Task Publish_AtATime_WaitsForTheReviewThatWasAskedForMeanwhile()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản hẹn giờ");
        await ScheduleAsync(author, slug);
        await author.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(author, slug)) { ["Form.ReviewRequired"] = "true" });

        await RunTaskLaterAsync();

        Assert.Contains("Bản đầu", await ReadAsync(slug));
        Assert.Contains("Máy trả lại: Khóa học cần người thứ hai duyệt trước khi đăng", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
    }

    [Fact]
    public async Task Publish_ThatClosesACircleOfPrerequisites_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var (first, second, third) = (await PublishTests.PublishedAsync(author, "Một"), await PublishTests.PublishedAsync(author, "Hai"), await PublishTests.PublishedAsync(author, "Ba"));
        await author.PostFormAsync($"/courses/edit/{second}", new(await CourseFormAsync(author, second)) { ["Form.Requires"] = first });
        await author.PostFormAsync($"/courses/edit/{third}", new(await CourseFormAsync(author, third)) { ["Form.Requires"] = first, ["Form.ReviewRequired"] = "true" });
        await author.PostFormAsync($"/courses/edit/{third}/publish", [], page: $"/courses/edit/{third}");
        await author.PostFormAsync($"/courses/edit/{first}", new(await CourseFormAsync(author, first)) { ["Form.Requires"] = second });
        await author.PostFormAsync($"/courses/edit/{first}/publish", [], page: $"/courses/edit/{first}");

        Assert.Contains("lại cần chính khóa này", await PostAsync(author, await author.GetPageAsync($"/courses/edit/{second}"), second, "publish"));
        Assert.Empty(await RequiredAsync(second));

        // What was fine when it was asked for is looked at again when it is approved.
        await author.PostFormAsync($"/courses/edit/{second}/discard", [], page: $"/courses/edit/{second}");
        await author.PostFormAsync($"/courses/edit/{second}", new(await CourseFormAsync(author, second)) { ["Form.Requires"] = third });
        await author.PostFormAsync($"/courses/edit/{second}/publish", [], page: $"/courses/edit/{second}");
        Assert.Equal([third], await RequiredAsync(second));
        var reviewer = await site.SignInAsync("admin");
        Assert.Contains("lại cần chính khóa này", await PostAsync(reviewer, await reviewer.GetPageAsync($"/courses/edit/{third}"), third, "approve"));
        Assert.Empty(await RequiredAsync(third));

        Task<List<string>> RequiredAsync(string slug) =>
            site.QueryAsync(db => db.CoursePrerequisites.Where(row => db.Set<Course>().Any(course => course.Id == row.CourseId && course.Slug == slug)).Select(row => row.Required.Slug).ToListAsync());
    }

    [Fact]
    public async Task Course_NewFromWhoeverIsLookedOver_GoesToReview()
    {
        var partner = await PartnerAsync();
        var created = await partner.PostFormAsync("/courses/edit/new", new(EditorTests.Course($"Khóa của đối tác {Guid.NewGuid():N}")) { ["Form.ReviewRequired"] = "true" });
        var slug = created.Headers.Location!.OriginalString.Split('/')[^1];
        await partner.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Bài đầu"));
        await partner.PostFormAsync($"/courses/edit/{slug}/questions/new", EditorTests.Question("Một câu?"));
        // Whoever is looked over cannot switch it off again.
        await partner.PostFormAsync($"/courses/edit/{slug}", await CourseFormAsync(partner, slug));

        Assert.Contains("Đã gửi duyệt", await PostAsync(partner, await partner.GetPageAsync($"/courses/edit/{slug}"), slug, "publish"));

        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync($"/courses/{slug}")).StatusCode);
        var reviewer = await site.SignInAsync("admin");
        Assert.Contains("Đã đăng", await PostAsync(reviewer, await reviewer.GetPageAsync($"/courses/edit/{slug}"), slug, "approve"));
        Assert.Contains("Bài đầu", await ReadAsync(slug));
    }

    [Fact]
    public async Task Course_OfTheLongestAddress_IsStillWrittenInAWorkingCopy()
    {
        var author = await site.SignInAsync("so.organizer");
        var stem = $"{Guid.NewGuid():N}-{new string('a', 66)}";
        var refused = await author.PostFormAsync("/courses/edit/new", new(EditorTests.Course("Khóa địa chỉ dài")) { ["Form.Slug"] = stem + "a" });
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.NotNull((await refused.ReadPageAsync()).QuerySelector(".error-summary a[href='#Form_Slug']"));

        await author.PostFormAsync("/courses/edit/new", new(EditorTests.Course("Khóa địa chỉ dài")) { ["Form.Slug"] = stem });
        await author.PostFormAsync($"/courses/edit/{stem}/lessons/new", EditorTests.Lesson("0", "Bản đầu"));
        await author.PostFormAsync($"/courses/edit/{stem}/questions/new", EditorTests.Question("Một câu?"));
        await author.PostFormAsync($"/courses/edit/{stem}/publish", [], page: $"/courses/edit/{stem}");
        await WriteAsync(author, stem, "Bản hai");

        Assert.Contains("Bản đầu", await ReadAsync(stem));
        var titled = await author.PostFormAsync("/courses/edit/new", EditorTests.Course($"{Guid.NewGuid():N} {string.Concat(Enumerable.Repeat("tên dài ", 20))}"));
        Assert.Equal(HttpStatusCode.Redirect, titled.StatusCode);
    }

    [Fact]
    public async Task Changes_OfAQuestion_NameItsKindAndItsLesson()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishTests.PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản đầu.");
        var lesson = (await author.GetPageAsync($"/courses/edit/{slug}/questions/T7-Q01")).QuerySelector<IHtmlSelectElement>("#Form_LessonId")!.Options[^1].Value;

        await author.PostFormAsync($"/courses/edit/{slug}/questions/T7-Q01", new(EditorTests.Question("Một câu?")) { ["Form.Revision"] = "1", ["Form.Type"] = "TrueFalse", ["Form.LessonId"] = lesson });

        var diff = (await author.GetPageAsync($"/courses/edit/{slug}/changes")).QuerySelectorAll(".diff").Last();
        Assert.Equal("Chọn một câu đúng", diff.QuerySelector("del")!.TextContent);
        Assert.Equal("Đúng hay sai; đọc ở bài “Bài”", diff.QuerySelector("ins")!.TextContent);
    }

    private async Task<string> ReadAsync(string slug) => (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words();

    private async Task<HttpClient> PartnerAsync()
    {
        var name = $"doi-tac-{Guid.NewGuid():N}";
        await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            var path = await db.Units.Where(unit => unit.Code == "14").Select(unit => unit.Path).FirstAsync();
            var created = await services.GetRequiredService<AccountService>().CreateAsync(new("Đối tác soạn bài", Roles.Partner, new DirectoryUnit("u", path, "u")) { UserName = name });
            Assert.True(created.Succeeded);
            var user = await db.Users.SingleAsync(row => row.Id == created.Value.UserId);
            user.PasswordHash = services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(user, SiteClient.DemoPassword);
            return await db.SaveChangesAsync();
        });
        return await site.SignInAsync(name);
    }

    private async Task ScheduleAsync(HttpClient author, string slug)
    {
        var at = VietnamTime.ToLocal(site.Clock.UtcNow()).AddMinutes(30);
        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at.ToString("yyyy-MM-ddTHH:mm") }, page: $"/courses/edit/{slug}");
        Assert.Contains("Sẽ tự đăng", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
    }

    private async Task RunTaskLaterAsync()
    {
        site.Clock.Advance(TimeSpan.FromMinutes(31));
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PublishCoursesTask>().ExecuteAsync(CancellationToken.None);
    }

    /// <summary>Sends a form of the course's page as it stands there, and gives the words of the page that follows.</summary>
    private static async Task<string> PostAsync(HttpClient client, IDocument page, string slug, string action)
    {
        var form = page.QuerySelector($"form[action='/courses/edit/{slug}/{action}']")!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input").Where(input => input.Name != "__RequestVerificationToken").ToDictionary(input => input.Name!, input => (string?)input.Value);
        return (await (await client.FollowAsync(await client.PostFormFromAsync(page, $"/courses/edit/{slug}/{action}", fields))).ReadPageAsync()).Body!.TextContent;
    }

    private static async Task<string> VersionAsync(HttpClient author, string url) => (await author.GetPageAsync(url)).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;

    private static async Task WriteAsync(HttpClient author, string slug, string markdown)
    {
        var url = $"/courses/edit/{slug}/lessons/bai";
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync(url, EditorTests.Lesson(await VersionAsync(author, url), markdown))).StatusCode);
    }

    private static async Task<Dictionary<string, string?>> CourseFormAsync(HttpClient author, string slug)
    {
        var page = await author.GetPageAsync($"/courses/edit/{slug}");
        return new(EditorTests.Course(page.QuerySelector<IHtmlInputElement>("#Form_Title")!.Value)) { ["Form.Version"] = page.QuerySelector<IHtmlInputElement>("#Form_Version")!.Value };
    }

    /// <summary>Requests that have read a course and have not written yet.</summary>
    private sealed class Scopes(IServiceProvider services) : IAsyncDisposable
    {
        private readonly List<AsyncServiceScope> _scopes = [];

        public async Task<(Course Course, LessonEditor Editor, SiteDbContext Db)> BeginAsync(string slug)
        {
            var scope = services.CreateAsyncScope();
            _scopes.Add(scope);
            var course = await scope.ServiceProvider.GetRequiredService<WorkingCopies>().OpenAsync(slug, CancellationToken.None);
            return (course!, scope.ServiceProvider.GetRequiredService<LessonEditor>(), scope.ServiceProvider.GetRequiredService<SiteDbContext>());
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var scope in _scopes)
            {
                await scope.DisposeAsync();
            }
        }
    }
}

public sealed class SqlitePublishRaceTests(SqliteSite site) : PublishRaceTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPublishRaceTests(PostgreSqlSite site) : PublishRaceTests(site), IClassFixture<PostgreSqlSite>;
