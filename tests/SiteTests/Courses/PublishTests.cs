using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Tasks;
using TrainingSite.Notifications.Models;
using TrainingSite.SiteTests.Notifications;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A published course is written in a working copy; readers see it when it is published, and every publishing can be looked at and taken back.</summary>
public abstract class PublishTests(SiteFixture site)
{
    [Fact]
    public async Task Change_OfPublishedCourse_WaitsInTheDraftAndKeepsWhatPeopleDid()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Bản đầu");
        var learner = await site.LearnerAsync();
        var reader = await site.SignInAsync(learner.User);
        await reader.PostFormAsync($"/courses/{slug}/bai", []);
        await reader.TakeQuizAsync(site, learner, slug, right: 1);

        await WriteAsync(author, slug, "Bản hai có bốn chữ mới");
        await author.PostFormAsync($"/courses/edit/{slug}/questions/T7-Q01", new(EditorTests.Question("Câu đã sửa?")) { ["Form.Revision"] = "1" });
        await author.PostFormAsync($"/courses/edit/{slug}", await CourseFormAsync(author, slug, "Giới thiệu mới"));

        Assert.Contains("Bản đầu", (await reader.GetPageAsync($"/courses/{slug}/bai")).Words());
        Assert.DoesNotContain("Giới thiệu mới", (await reader.GetPageAsync($"/courses/{slug}")).Words());
        Assert.Contains("có bản nháp", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        Assert.Single((await author.GetPageAsync("/courses/edit?page=1")).QuerySelectorAll($"a[href='/courses/edit/{slug}']"));
        var changes = await author.GetPageAsync($"/courses/edit/{slug}/changes");
        Assert.Equal("đầu", changes.QuerySelectorAll(".diff del").First(part => part.TextContent.Contains("đầu", StringComparison.Ordinal)).TextContent.Trim());
        Assert.Contains("hai có bốn chữ mới", changes.QuerySelectorAll(".diff ins").Select(part => part.TextContent.Trim()));
        Assert.Contains("Câu hỏi kiểm tra", changes.QuerySelectorAll("h2").Select(part => part.TextContent));
        Assert.Contains(changes.QuerySelectorAll(".diff ins"), part => part.TextContent.Contains("sửa", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/courses/~{slug}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await author.GetAsync($"/courses/edit/~{slug}")).StatusCode);

        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["note"] = "Sửa câu hỏi" }, page: $"/courses/edit/{slug}");

        Assert.Contains("Bản hai", (await reader.GetPageAsync($"/courses/{slug}/bai")).Words());
        Assert.Contains("Giới thiệu mới", (await reader.GetPageAsync($"/courses/{slug}")).Words());
        Assert.Equal(1, await site.QueryAsync(db => db.LessonProgress.CountAsync(progress => progress.PersonId == learner.PersonId && progress.Lesson.Course.Slug == slug && progress.FinishedUtc != null)));
        Assert.Equal(1, await site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(completion => completion.PersonId == learner.PersonId)));
        Assert.Equal("Câu đã sửa?", await site.QueryAsync(db => db.Questions.Where(question => question.Course.Slug == slug && question.RetiredUtc == null).Select(question => question.Text).SingleAsync()));
        Assert.False(await site.QueryAsync(db => db.Courses.AnyAsync(course => course.Slug == "~" + slug)));
        Assert.Contains("Sửa câu hỏi", (await author.GetPageAsync($"/courses/edit/{slug}/versions")).Words());
    }

    [Fact]
    public async Task Changes_OfListsAndHeadings_StandLineByLine()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "## Mang theo\n\n- Căn cước công dân\n- Điện thoại có mạng\n\nĐến đúng giờ.");
        await WriteAsync(author, slug, "Chiều thứ Sáu gặp nhau ở chợ.\n\n- Sổ tay và bút\n- Căn cước công dân bản gốc\n- Điện thoại có mạng\n\n### Đến đúng giờ.");

        var lines = (await author.GetPageAsync($"/courses/edit/{slug}/changes")).QuerySelector(".diff")!.QuerySelectorAll("p");

        Assert.All(lines, line => Assert.True(line.QuerySelector("del") is null || line.QuerySelector("ins") is null, line.TextContent));
        Assert.Equal(
            ["## Mang theo", "Chiều thứ Sáu gặp nhau ở chợ.", "", "- Sổ tay và bút", "- Căn cước công dân", "- Căn cước công dân bản gốc", "- Điện thoại có mạng", "", "Đến đúng giờ.", "### Đến đúng giờ."],
            lines.Select(line => line.QuerySelector(".words")!.TextContent));
        Assert.Equal(["Chiều thứ Sáu gặp nhau ở chợ.", "- Sổ tay và bút", " bản gốc", "### "], lines.SelectMany(line => line.QuerySelectorAll("ins")).Select(words => words.TextContent));
    }

    [Fact]
    public async Task Version_Restored_GoesToTheDraftAndComesBackWhenPublished()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Chữ cũ");
        await WriteAsync(author, slug, "Chữ mới");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        Assert.Equal("cũ", (await author.GetPageAsync($"/courses/edit/{slug}/versions/2")).QuerySelector(".diff del")!.TextContent.Trim());

        await author.PostFormAsync($"/courses/edit/{slug}/versions/1/restore", [], page: $"/courses/edit/{slug}/versions/1");

        Assert.Contains("Chữ mới", (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words());
        Assert.Equal("Chữ cũ", (await author.GetPageAsync($"/courses/edit/{slug}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim());
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        Assert.Contains("Chữ cũ", (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words());
        Assert.Equal(3, await site.QueryAsync(db => db.CourseVersions.CountAsync(version => version.Course.Slug == slug)));
    }

    [Fact]
    public async Task Lesson_RemovedAndPutBack_FindsWhatPeopleDidInIt()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Bài một");
        await AskForLessonsOnlyAsync(slug);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        var learner = await site.LearnerAsync();
        var reader = await site.SignInAsync(learner.User);
        await reader.PostFormAsync($"/courses/{slug}/bai", []);
        await reader.PostFormAsync($"/courses/{slug}/bai-hai", []);
        Assert.Equal((2, 1), await CountAsync());

        await author.PostFormAsync($"/courses/edit/{slug}/lessons/bai-hai/remove", [], page: $"/courses/edit/{slug}/lessons/bai-hai");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal(HttpStatusCode.NotFound, (await reader.GetAsync($"/courses/{slug}/bai-hai")).StatusCode);
        Assert.Equal((1, 1), await CountAsync());
        Assert.DoesNotContain("Bài hai", (await reader.GetPageAsync($"/courses/{slug}")).Words());

        await author.PostFormAsync($"/courses/edit/{slug}/versions/2/restore", [], page: $"/courses/edit/{slug}/versions/2");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal((2, 1), await CountAsync());
        Assert.Contains("Bài hai", (await reader.GetPageAsync($"/courses/{slug}/bai-hai")).Words());

        Task<(int Lessons, int Completions)> CountAsync() => site.QueryAsync(async db => (
            await db.LessonProgress.CountAsync(progress => progress.PersonId == learner.PersonId && progress.Lesson.Course.Slug == slug && progress.FinishedUtc != null),
            await db.Completions.NotRevoked().CountAsync(completion => completion.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Lesson_PutBackForWhoFinishedOnlyIt_CompletesTheCourseAgain()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, learner) = await LessonsOnlyAsync(author);
        await (await site.SignInAsync(learner.User)).PostFormAsync($"/courses/{slug}/bai", []);
        Assert.Equal(1, await CountAsync());

        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/bai/remove", [], page: $"/courses/edit/{slug}/lessons/bai");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["mayEnd"] = "true" }, page: $"/courses/edit/{slug}");
        Assert.Equal(0, await CountAsync());
        await author.PostFormAsync($"/courses/edit/{slug}/versions/2/restore", [], page: $"/courses/edit/{slug}/versions/2");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal(1, await CountAsync());

        Task<int> CountAsync() => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(completion => completion.PersonId == learner.PersonId));
    }

    [Fact]
    public async Task Lesson_RemovedWhileTheCourseIsTakenBack_KeepsWhatPeopleDidInIt()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Bài một");
        var learner = await site.LearnerAsync();
        await (await site.SignInAsync(learner.User)).PostFormAsync($"/courses/{slug}/bai", []);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Draft" }, page: $"/courses/edit/{slug}");
        Assert.Equal(CourseState.Draft, await site.QueryAsync(db => db.Courses.Where(course => course.Slug == slug).Select(course => course.State).SingleAsync()));

        await author.PostFormAsync($"/courses/edit/{slug}/lessons/bai/remove", [], page: $"/courses/edit/{slug}/lessons/bai");
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", "Bài một, viết lại"));

        Assert.Equal(1, await site.QueryAsync(db => db.LessonProgress.CountAsync(progress => progress.PersonId == learner.PersonId && progress.Lesson.Course.Slug == slug && progress.FinishedUtc != null)));
    }

    [Fact]
    public async Task Course_FromFiles_KeepsItsFirstContentAsAVersion()
    {
        var author = await site.SignInAsync("so.organizer");
        var before = await site.QueryAsync(db => db.Courses.Where(course => course.Slug == CoursesArrange.Payment).Select(course => course.Summary).SingleAsync());
        await author.PostFormAsync($"/courses/edit/{CoursesArrange.Payment}", await CourseFormAsync(author, CoursesArrange.Payment, "Tóm tắt thử"));

        await author.PostFormAsync($"/courses/edit/{CoursesArrange.Payment}/publish", [], page: $"/courses/edit/{CoursesArrange.Payment}");

        Assert.Contains(before, await site.QueryAsync(db => db.CourseVersions.Where(version => version.Course.Slug == CoursesArrange.Payment && version.Number == 1).Select(version => version.Content).SingleAsync()));
    }

    [Fact]
    public async Task Draft_Discarded_LeavesTheCourse()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản bỏ");

        await author.PostFormAsync($"/courses/edit/{slug}/discard", [], page: $"/courses/edit/{slug}");

        Assert.Equal("Bản đầu", (await author.GetPageAsync($"/courses/edit/{slug}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim());
        Assert.False(await site.QueryAsync(db => db.Courses.AnyAsync(course => course.Slug == "~" + slug)));
    }

    [Fact]
    public async Task Publish_AtATime_HappensThen()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Bản đầu");
        await WriteAsync(author, slug, "Bản hẹn giờ");
        var at = VietnamTime.ToLocal(site.Clock.UtcNow()).AddMinutes(30);

        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at.ToString("yyyy-MM-ddTHH:mm") }, page: $"/courses/edit/{slug}");

        Assert.Contains("Sẽ tự đăng", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        await RunTaskAsync();
        Assert.Contains("Bản đầu", (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words());
        site.Clock.Advance(TimeSpan.FromMinutes(31));
        await RunTaskAsync();
        await RunTaskAsync();
        Assert.Contains("Bản hẹn giờ", (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words());
        Assert.Equal(2, await site.QueryAsync(db => db.CourseVersions.CountAsync(version => version.Course.Slug == slug)));
        Assert.Contains("Giờ đăng phải ở sau", (await (await author.FollowAsync(await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at.ToString("yyyy-MM-ddTHH:mm") }, page: $"/courses/edit/{slug}"))).ReadPageAsync()).Body!.TextContent);
    }

    [Fact]
    public async Task Publish_AtATimeThatEndsCompletions_AsksWhoSetsTheTime()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, learner) = await LessonsOnlyAsync(author);
        var reader = await site.SignInAsync(learner.User);
        await reader.PostFormAsync($"/courses/{slug}/bai", []);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        var at = VietnamTime.ToLocal(site.Clock.UtcNow()).AddMinutes(30).ToString("yyyy-MM-ddTHH:mm");

        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at, ["note"] = "Thêm bài hai" }, page: $"/courses/edit/{slug}");

        var asked = await author.GetPageAsync($"/courses/edit/{slug}");
        Assert.Contains("1 người đã hoàn thành sẽ không còn được tính", asked.Body!.TextContent);
        Assert.Equal((at, "Thêm bài hai"), (asked.QuerySelector<IHtmlInputElement>("#publish-at")!.Value, asked.QuerySelector<IHtmlInputElement>("#publish-note")!.Value));
        Assert.False(await site.QueryAsync(db => db.Publications.AnyAsync(row => row.Course.Slug == slug)));
        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at, ["mayEnd"] = "true" }, page: $"/courses/edit/{slug}");
        Assert.Equal(1, await CountAsync(learner.PersonId));
        site.Clock.Advance(TimeSpan.FromMinutes(31));
        await RunTaskAsync();

        Assert.Equal(0, await CountAsync(learner.PersonId));
        Assert.Contains("Bài hai", (await reader.GetPageAsync($"/courses/{slug}/bai-hai")).Words());
    }

    [Fact]
    public async Task Publish_AtATimeWhenSomebodyCompletedMeanwhile_GoesBackToItsAuthor()
    {
        var author = await site.SignInAsync("so.organizer");
        var (slug, learner) = await LessonsOnlyAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        var at = VietnamTime.ToLocal(site.Clock.UtcNow()).AddMinutes(30).ToString("yyyy-MM-ddTHH:mm");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["at"] = at }, page: $"/courses/edit/{slug}");
        Assert.Contains("Sẽ tự đăng", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());

        await (await site.SignInAsync(learner.User)).PostFormAsync($"/courses/{slug}/bai", []);
        site.Clock.Advance(TimeSpan.FromMinutes(31));
        await RunTaskAsync();

        Assert.Equal(1, await CountAsync(learner.PersonId));
        Assert.Contains("1 người đã hoàn thành sẽ không còn được tính", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());
        Assert.Equal(PublicationState.Returned, await site.QueryAsync(db => db.Publications.Where(row => row.Course.Slug == slug).Select(row => row.State).SingleAsync()));
    }

    private Task<int> CountAsync(Guid person) => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(completion => completion.PersonId == person));

    /// <summary>A published course that is complete with its one lesson, and somebody to read it.</summary>
    private async Task<(string Slug, Learner Learner)> LessonsOnlyAsync(HttpClient author)
    {
        var slug = await PublishedAsync(author, "Bài một");
        await AskForLessonsOnlyAsync(slug);
        await WriteAsync(author, slug, "Bài một, sửa");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        return (slug, await site.LearnerAsync());
    }

    [Fact]
    public async Task Review_Required_NeedsAnotherPersonAndExactlyWhatTheySaw()
    {
        var author = await site.SignInAsync("so.organizer");
        var reviewer = await site.SignInAsync("admin");
        var slug = await PublishedAsync(author, "Bản đầu");
        await author.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(author, slug, "Cần duyệt")) { ["Form.ReviewRequired"] = "true" });
        await WriteAsync(author, slug, "Bản chờ duyệt");

        await author.PostFormAsync($"/courses/edit/{slug}/publish", new() { ["note"] = "Xin xem giúp" }, page: $"/courses/edit/{slug}");

        Assert.Contains("Bản đầu", await ReadAsync());
        Assert.Contains("Chờ duyệt", (await reviewer.GetPageAsync("/courses/edit")).Words());
        Assert.Contains("Cần một người khác duyệt", await TextAsync(author, "approve"));
        Assert.Contains("Bản đầu", await ReadAsync());
        Assert.Contains("Hãy ghi cần sửa gì", await TextAsync(reviewer, "return"));
        await reviewer.PostFormAsync($"/courses/edit/{slug}/return", new() { ["note"] = "Thêm ví dụ" }, page: $"/courses/edit/{slug}");
        Assert.Contains("trả lại: Thêm ví dụ", (await author.GetPageAsync($"/courses/edit/{slug}")).Words());

        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        await WriteAsync(author, slug, "Bản lén sửa sau khi gửi");
        Assert.Contains("đã được sửa sau khi gửi duyệt", await TextAsync(reviewer, "approve"));
        Assert.Contains("Bản đầu", await ReadAsync());

        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        await reviewer.PostFormAsync($"/courses/edit/{slug}/approve", [], page: $"/courses/edit/{slug}");
        Assert.Contains("Bản lén sửa", await ReadAsync());

        async Task<string> ReadAsync() => (await site.CreateClient().GetPageAsync($"/courses/{slug}/bai")).Words();
        async Task<string> TextAsync(HttpClient client, string action) =>
            (await (await client.FollowAsync(await client.PostFormAsync($"/courses/edit/{slug}/{action}", [], page: $"/courses/edit/{slug}"))).ReadPageAsync()).Body!.TextContent;
    }

    [Fact]
    public async Task Return_OfWhatWasAsked_TellsTheAuthorEachTimeOnce()
    {
        var author = await site.SignInAsync("so.organizer");
        var reviewer = await site.SignInAsync("admin");
        var slug = await PublishedAsync(author, "Bản đầu");
        await author.PostFormAsync($"/courses/edit/{slug}", new(await CourseFormAsync(author, slug, "Cần duyệt")) { ["Form.ReviewRequired"] = "true" });
        await WriteAsync(author, slug, "Bản chờ duyệt");

        foreach (var note in new[] { "Thêm ví dụ ở chợ", "Bớt chữ khó" })
        {
            await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
            await reviewer.PostFormAsync($"/courses/edit/{slug}/return", new() { ["note"] = note }, page: $"/courses/edit/{slug}");
            for (var sweep = 0; sweep < 2; sweep++)
            {
                await site.SweepAsync();
                await site.SendAsync();
            }

            site.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var notices = (await author.GetPageAsync("/me/notices")).Words();
        Assert.Contains("trả lại và ghi: Thêm ví dụ ở chợ", notices);
        Assert.Contains("trả lại và ghi: Bớt chữ khó", notices);
        Assert.Equal(2, await site.QueryAsync(db => db.Messages.CountAsync(row => row.Channel == MessageChannel.InApp && row.Url == $"/courses/edit/{slug}")));
        Assert.DoesNotContain("Bớt chữ khó", (await reviewer.GetPageAsync("/me/notices")).Words());
    }

    [Fact]
    public async Task Course_Copied_IsADraftOfItsOwn()
    {
        var author = await site.SignInAsync("so.organizer");
        var slug = await PublishedAsync(author, "Chép tôi");

        var copy = (await author.PostFormAsync($"/courses/edit/{slug}/copy", [], page: $"/courses/edit/{slug}")).Headers.Location!.OriginalString.Split('/')[^1];

        Assert.NotEqual(slug, copy);
        Assert.Equal("Chép tôi", (await author.GetPageAsync($"/courses/edit/{copy}/lessons/bai")).QuerySelector<IHtmlTextAreaElement>("#Form_Markdown")!.Value.Trim());
        Assert.Equal(HttpStatusCode.NotFound, (await site.CreateClient().GetAsync($"/courses/{copy}")).StatusCode);
        await author.PostFormAsync($"/courses/edit/{copy}/state", new() { ["state"] = "Archived" }, page: $"/courses/edit/{copy}");
        Assert.Equal(CourseState.Archived, await site.QueryAsync(db => db.Courses.Where(course => course.Slug == copy).Select(course => course.State).SingleAsync()));
    }

    internal static async Task<string> PublishedAsync(HttpClient author, string markdown)
    {
        var (slug, _) = await EditorTests.CreateAsync(author);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", EditorTests.Lesson("0", markdown));
        await author.PostFormAsync($"/courses/edit/{slug}/questions/new", EditorTests.Question("Một câu?"));
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Published" }, page: $"/courses/edit/{slug}");
        return slug;
    }

    private Task AskForLessonsOnlyAsync(string slug) => site.QueryAsync(db => db.Courses.Where(course => course.Slug == slug)
        .ExecuteUpdateAsync(set => set.SetProperty(course => course.LessonsRequired, true).SetProperty(course => course.QuizRequired, false).SetProperty(course => course.AttendanceRequired, false)));

    private static async Task WriteAsync(HttpClient author, string slug, string markdown)
    {
        var url = $"/courses/edit/{slug}/lessons/bai";
        var version = (await author.GetPageAsync(url)).QuerySelector<IHtmlInputElement>("#Form_Version")!.Value;
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync(url, EditorTests.Lesson(version, markdown))).StatusCode);
    }

    private static async Task<Dictionary<string, string?>> CourseFormAsync(HttpClient author, string slug, string summary)
    {
        var page = await author.GetPageAsync($"/courses/edit/{slug}");
        return new(EditorTests.Course(page.QuerySelector<IHtmlInputElement>("#Form_Title")!.Value))
        {
            ["Form.Version"] = page.QuerySelector<IHtmlInputElement>("#Form_Version")!.Value,
            ["Form.TopicCode"] = page.QuerySelector<IHtmlSelectElement>("#Form_TopicCode")!.Value,
            ["Form.Summary"] = summary,
        };
    }

    private async Task RunTaskAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PublishCoursesTask>().ExecuteAsync(CancellationToken.None);
    }
}

public sealed class SqlitePublishTests(SqliteSite site) : PublishTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlPublishTests(PostgreSqlSite site) : PublishTests(site), IClassFixture<PostgreSqlSite>;
