using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>An author writes a course, publishes it and takes it back; two authors do not overwrite each other unknowingly.</summary>
public abstract class EditorTests(SiteFixture site)
{
    [Theory]
    [InlineData("member")]
    [InlineData("to.truong")]
    [InlineData("xa.coordinator")]
    public async Task Edit_WithoutTheRight_IsRefused(string user)
    {
        var client = await site.SignInAsync(user);

        Assert.Contains((await client.GetAsync("/courses/edit")).StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        var post = await client.PostFormAsync("/courses/edit/giu-an-toan/state", new() { ["state"] = "Draft" }, page: "/courses/tra-tien-bang-ma/quiz");
        Assert.Contains(post.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        Assert.Equal(CourseState.Published, await site.QueryAsync(db => db.Courses.Where(course => course.Slug == "giu-an-toan").Select(course => course.State).SingleAsync()));
    }

    [Fact]
    public async Task Course_WrittenStepByStep_IsPublishedAndTakenBack()
    {
        var author = await site.SignInAsync("so.organizer");
        var visitor = site.CreateClient();
        var (slug, title) = await CreateAsync(author);
        await visitor.GetPageAsync($"/courses/{slug}", HttpStatusCode.NotFound);

        var tooEarly = await (await author.FollowAsync(await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}"))).ReadPageAsync();
        Assert.Contains("Khóa học cần ít nhất một bài học trước khi đăng.", tooEarly.Body!.TextContent);

        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new()
        {
            ["Form.Title"] = "Bài đầu tiên",
            ["Form.Minutes"] = "4",
            ["Form.Position"] = "1",
            ["Form.Markdown"] = "Chữ đầu.\n\n:::luu-y Nhớ\nđiều này\n:::",
        })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", Question("Một câu?"))).StatusCode);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");

        Assert.Contains(title, (await visitor.GetPageAsync("/courses")).Words());
        Assert.Contains("Lưu ý: Nhớ", (await visitor.GetPageAsync($"/courses/{slug}/bai-dau-tien")).Words());
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Draft" }, page: $"/courses/edit/{slug}");
        await visitor.GetPageAsync($"/courses/{slug}", HttpStatusCode.NotFound);
        await visitor.GetPageAsync($"/courses/{slug}/bai-dau-tien", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Course_Invalid_KeepsWhatWasTyped()
    {
        var author = await site.SignInAsync("so.organizer");

        var response = await author.PostFormAsync("/courses/edit/new", new() { ["Form.Title"] = "Khóa thử chưa đủ", ["Form.TopicCode"] = "T7", ["Form.Summary"] = "" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.ReadPageAsync();
        Assert.Equal("Khóa thử chưa đủ", page.QuerySelector<IHtmlInputElement>("#Form_Title")!.Value);
        Assert.NotNull(page.QuerySelector(".error-summary a[href='#Form_Summary']"));
    }

    [Fact]
    public async Task Lesson_TwoAuthors_SecondIsToldAndKeepsTheText()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", Lesson("0", "Bản đầu"));
        var url = $"/courses/edit/{slug}/lessons/bai";
        var version = (await author.GetPageAsync(url)).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await (await site.SignInAsync("admin")).PostFormAsync(url, Lesson(version, "Bản của người kia"))).StatusCode);

        var refused = await author.PostFormAsync(url, Lesson(version, "Bản của tôi"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.ReadPageAsync();
        Assert.Equal("Bản của tôi", page.QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim());
        Assert.Equal("Bản của người kia", page.QuerySelector<IHtmlTextAreaElement>("#theirs")!.Value.Trim());
        Assert.Equal("Bản của người kia", await MarkdownAsync());

        var newest = page.QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync(url, Lesson(newest, "Bản của tôi"))).StatusCode);
        Assert.Equal("Bản của tôi", await MarkdownAsync());

        Task<string> MarkdownAsync() => site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == slug).Select(lesson => lesson.Markdown).SingleAsync());
    }

    [Fact]
    public async Task Lesson_ChangedWhileRead_ShowsTheNewTextOncePublished()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", Lesson("0", "Bản đầu"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", Question("Một câu?"));
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");
        var visitor = site.CreateClient();
        Assert.Contains("Bản đầu", (await visitor.GetPageAsync($"/courses/{slug}/bai")).Words());
        var url = $"/courses/edit/{slug}/lessons/bai";
        var version = (await author.GetPageAsync(url)).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;

        await author.PostFormAsync(url, Lesson(version, "Bản đã sửa"));
        Assert.Contains("Bản đầu", (await visitor.GetPageAsync($"/courses/{slug}/bai")).Words());
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Contains("Bản đã sửa", (await visitor.GetPageAsync($"/courses/{slug}/bai")).Words());
    }

    [Fact]
    public async Task Course_TwoAuthors_SecondIsTold()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, title) = await CreateAsync(author);
        var fields = Course(title);
        fields["Form.Version"] = (await author.GetPageAsync($"/courses/edit/{slug}")).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        await author.PostFormAsync($"/courses/edit/{slug}", new(fields) { ["Form.Summary"] = "Bản của người kia" });

        var refused = await author.PostFormAsync($"/courses/edit/{slug}", new(fields) { ["Form.Summary"] = "Bản của tôi" });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Bản của tôi", (await refused.ReadPageAsync()).QuerySelector<IHtmlTextAreaElement>("#Form_Summary")!.Value);
        Assert.Equal("Bản của người kia", await site.QueryAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.Summary).SingleAsync()));
    }

    [Fact]
    public async Task Lesson_Preview_ShowsAndSavesNothing()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(Lesson("0", ":::thu-ngay Làm\nmột việc\n:::")) { ["preview"] = "1" })).ReadPageAsync();
        var part = await author.PostFormAsync($"/courses/edit/{slug}/lessons/preview", Lesson("0", "**đậm**"), page: $"/courses/edit/{slug}/lessons/new");

        Assert.Contains("Thử ngay: Làm", page.QuerySelector("#preview")!.TextContent);
        Assert.Equal(":::thu-ngay Làm\nmột việc\n:::", page.QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim().ReplaceLineEndings("\n"));
        Assert.Contains("<strong>đậm</strong>", await part.Content.ReadAsStringAsync());
        Assert.False(await site.QueryAsync(db => db.Lessons.AnyAsync(lesson => lesson.Course.Slug == slug)));
    }

    [Fact]
    public async Task Question_WithoutRightOption_IsRefused()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);

        var page = await (await author.PostFormAsync($"/courses/edit/{slug}/questions/new", new(Question("Một câu?")) { ["Form.Options[0].Correct"] = "false" })).ReadPageAsync();

        Assert.Contains("Câu này cần đúng một lựa chọn đúng.", page.Words());
        Assert.False(await site.QueryAsync(db => db.Questions.AnyAsync(question => question.Course.Slug == slug)));
    }

    [Fact]
    public async Task Rule_Tightened_RevokesWhatNoLongerCounts()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, title) = await CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", Lesson("0", "Chữ"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", Question("Một câu?"));
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");
        var learner = await site.LearnerAsync();
        await (await site.SignInAsync(learner.User)).TakeQuizAsync(site, learner, slug, right: 1);
        Assert.Equal(1, await ValidAsync());

        var fields = Course(title);
        fields["Form.Version"] = (await author.GetPageAsync($"/courses/edit/{slug}")).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        fields["Form.CompletionMode"] = "All";
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync($"/courses/edit/{slug}", fields)).StatusCode);
        Assert.Equal(1, await ValidAsync());
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        // Asked first: a certificate ends by it.
        Assert.Equal(1, await ValidAsync());
        var asked = await author.GetPageAsync($"/courses/edit/{slug}");
        Assert.Contains("1 người đã hoàn thành sẽ không còn được tính", asked.Body!.TextContent);
        Assert.NotNull(asked.QuerySelector("form[action$='/publish'] input[name=mayEnd][value=true]"));
        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["mayEnd"] = "true" }, page: $"/courses/edit/{slug}");
        Assert.Equal(0, await ValidAsync());

        Task<int> ValidAsync() => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(completion => completion.PersonId == learner.PersonId));
    }

    [Fact]
    public async Task Lesson_PastedWithWhatIsNoCharacter_IsSaved()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);

        var saved = await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", Lesson("0", "Chuyển\uFFFE đổi số"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("Chuyển đổi số", await site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == slug).Select(lesson => lesson.Markdown).SingleAsync()));
    }

    [Fact]
    public async Task Skill_LongerThanALine_IsRefusedWithThatReason()
    {
        var author = await site.SignInAsync("so.organizer");
        var fields = Course($"Khóa thử {Guid.NewGuid():N}");
        fields["Form.Skills"] = new string('a', 301);

        var page = await (await author.PostFormAsync("/courses/edit/new", fields)).ReadPageAsync();

        Assert.Contains("dài quá 300 chữ", page.Words());
    }

    [Fact]
    public async Task LessonAndQuestion_RemovedByAColleagueMeanwhile_KeepWhatWasTypedAsNew()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, _) = await CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", Lesson("0", "Chữ"));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", Question("Một câu?"));
        var lesson = await site.QueryAsync(db => db.Lessons.Where(row => row.Course.Slug == slug).Select(row => row.Slug).SingleAsync());
        var key = await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == slug).Select(row => row.Key).SingleAsync());
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/{lesson}/remove", [], page: $"/courses/edit/{slug}");
        await author.PostFormAsync($"/courses/edit/{slug}/questions/{key}/remove", [], page: $"/courses/edit/{slug}/questions");

        var typed = await author.PostFormAsync($"/courses/edit/{slug}/lessons/{lesson}", Lesson("1", "Chữ viết dở"), page: $"/courses/edit/{slug}");
        var asked = await author.PostFormAsync($"/courses/edit/{slug}/questions/{key}", new(Question("Câu viết dở?")) { ["Form.Revision"] = "1" }, page: $"/courses/edit/{slug}");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (typed.StatusCode, asked.StatusCode));
        var lessonPage = await typed.ReadPageAsync();
        var questionPage = await asked.ReadPageAsync();
        Assert.Contains("Chữ viết dở", lessonPage.QuerySelector("textarea")!.TextContent);
        Assert.EndsWith("/lessons/new", lessonPage.QuerySelector<IHtmlFormElement>("#lesson-form")!.Action);
        Assert.Contains("Câu viết dở?", questionPage.QuerySelector("#Form_Text")!.TextContent);
        Assert.EndsWith("/questions/new", questionPage.QuerySelector<IHtmlFormElement>("form[data-keep]")!.Action);
    }

    internal static async Task<(string Slug, string Title)> CreateAsync(HttpClient author)
    {
        var title = $"Khóa thử {Guid.NewGuid():N}";
        var created = await author.PostFormAsync("/courses/edit/new", Course(title));
        Assert.Equal(HttpStatusCode.Redirect, created.StatusCode);
        return (created.Headers.Location!.ToString().Split('/')[^1], title);
    }

    internal static Dictionary<string, string?> Course(string title) => new()
    {
        ["Form.Title"] = title,
        ["Form.TopicCode"] = "T7",
        ["Form.Summary"] = "Một khóa để thử",
        ["Form.Skills"] = "Làm được một việc\nLàm được hai việc",
        ["Form.QuizRequired"] = "true",
        ["Form.AttendanceRequired"] = "true",
        ["Form.MinimumAttendancePercent"] = "80",
        ["Form.CompletionMode"] = "Any",
        ["Form.PassPercent"] = "80",
        ["Form.DrawCount"] = "10",
        ["Form.MaxAttempts"] = "5",
        ["Form.Explain"] = "AfterEach",
    };

    internal static Dictionary<string, string?> Lesson(string version, string markdown) => new()
    {
        ["Form.Version"] = version,
        ["Form.Title"] = "Bài",
        ["Form.Minutes"] = "4",
        ["Form.Position"] = "1",
        ["Form.Markdown"] = markdown,
    };

    internal static Dictionary<string, string?> Question(string text) => new()
    {
        ["Form.Type"] = "OneAnswer",
        ["Form.Text"] = text,
        ["Form.Options[0].Text"] = "Có",
        ["Form.Options[0].Correct"] = "true",
        ["Form.Options[1].Text"] = "Không",
        ["Form.Options[1].Correct"] = "false",
        ["Form.Options[1].Why"] = "Vì thế.",
        ["Form.Options[2].Text"] = "",
        ["Form.Explanation"] = "Là như vậy.",
    };
}

public sealed class SqliteEditorTests(SqliteSite site) : EditorTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlEditorTests(PostgreSqlSite site) : EditorTests(site), IClassFixture<PostgreSqlSite>;
