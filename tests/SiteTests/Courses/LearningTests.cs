using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A member opens a course, reads, leaves, and resumes on another device.</summary>
public abstract class LearningTests(SiteFixture site)
{
    [Fact]
    public async Task Course_Anonymous_IsReadableAndKeepsNothing()
    {
        var client = site.CreateClient();

        var catalogue = await client.GetPageAsync("/courses");
        var course = await client.GetPageAsync("/courses/giu-an-toan");
        var before = await ProgressCountAsync();
        var lesson = await client.GetPageAsync("/courses/giu-an-toan/nhan-ra-tro-lua");

        Assert.Contains("Giữ an toàn khi dùng điện thoại", catalogue.Words());
        Assert.Contains("Đặt được một mật khẩu mạnh", course.Words());
        Assert.Contains("Gấp:", lesson.Words());
        Assert.Contains("4 phút", lesson.Words());
        Assert.Equal(before, await ProgressCountAsync());
        Assert.Empty(lesson.QuerySelectorAll(".lesson-nav form"));

        Task<int> ProgressCountAsync() => site.QueryAsync(db => db.LessonProgress.CountAsync());
    }

    [Theory]
    [InlineData("/courses/khong-co")]
    [InlineData("/courses/giu-an-toan/khong-co")]
    [InlineData("/courses/khong-co/nhan-ra-tro-lua")]
    public async Task Course_Unknown_IsNotFound(string url) => await site.CreateClient().GetPageAsync(url, HttpStatusCode.NotFound);

    [Fact]
    public async Task Lesson_Finished_IsResumedAtTheNextOnAnotherDevice()
    {
        var learner = await site.LearnerAsync();
        var phone = await site.SignInAsync(learner.User);
        var start = await phone.GetPageAsync("/courses/giu-an-toan");
        Assert.Equal("/courses/giu-an-toan/nhan-ra-tro-lua", start.QuerySelector<IHtmlAnchorElement>(".next-card a")!.PathName);

        var finished = await phone.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);
        Assert.Equal("/courses/giu-an-toan/mat-khau", finished.Headers.Location!.ToString());

        var computer = await site.SignInAsync(learner.User);
        var course = await computer.GetPageAsync("/courses/giu-an-toan");
        Assert.Equal("/courses/giu-an-toan/mat-khau", course.QuerySelector<IHtmlAnchorElement>(".next-card a")!.PathName);
        Assert.Contains("Xong", course.QuerySelector("a[href$='nhan-ra-tro-lua'] .state")!.TextContent);
        Assert.Equal("/courses/giu-an-toan/mat-khau", (await computer.GetPageAsync("/today")).QuerySelector<IHtmlAnchorElement>(".next-card a")!.PathName);
    }

    [Fact]
    public async Task Standing_WithAQuizAhead_IsTheSameInWordsBarAndRing()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);

        var today = await client.GetPageAsync("/today");
        var bar = (await client.GetPageAsync("/courses/giu-an-toan")).QuerySelector(".next-card progress")!;

        Assert.Contains("Đã xong 1 trong 3 phần (2 bài và bài kiểm tra)", today.QuerySelector(".next-card")!.TextContent);
        Assert.Equal(("1", "3"), (bar.GetAttribute("value"), bar.GetAttribute("max")));
        Assert.Contains("33%", today.QuerySelector(".rings a[href='/courses/giu-an-toan']")!.TextContent);
        Assert.Contains("Đã xong 1 trong 3 phần", (await client.GetPageAsync("/courses")).Words());
        var own = (await client.GetPageAsync("/me")).QuerySelector("[aria-labelledby=completions]")!;
        Assert.Contains("Đã xong 1 trong 3 phần", own.TextContent);
        Assert.Equal("Khóa học của bạn", own.QuerySelector("h2")!.TextContent);
    }

    [Fact]
    public async Task Lesson_LastFinished_LeadsToTheQuiz()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);

        var last = await client.PostFormAsync("/courses/giu-an-toan/mat-khau", []);

        Assert.Equal("/courses/giu-an-toan/quiz", last.Headers.Location!.ToString());
        Assert.Equal("/courses/giu-an-toan/quiz", (await client.GetPageAsync("/courses/giu-an-toan")).QuerySelector<IHtmlAnchorElement>(".next-card a")!.PathName);
    }

    [Fact]
    public async Task Lesson_OpenedAndFinishedTwice_KeepsTheFirstTimes()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);
        var first = await OnlyAsync();

        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await client.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua", []);

        var second = await OnlyAsync();
        Assert.Equal((first.OpenedUtc, first.FinishedUtc), (second.OpenedUtc, second.FinishedUtc));

        Task<LessonProgress> OnlyAsync() => site.QueryAsync(db => db.LessonProgress.AsNoTracking().SingleAsync(progress => progress.PersonId == learner.PersonId));
    }

    [Fact]
    public async Task Lesson_Position_IsRememberedForAnotherDevice()
    {
        var learner = await site.LearnerAsync();
        var phone = await site.SignInAsync(learner.User);

        var remembered = await phone.PostFormAsync("/courses/giu-an-toan/nhan-ra-tro-lua/position", new() { ["anchor"] = "gap-thi-lam-gi" }, page: "/courses/giu-an-toan/nhan-ra-tro-lua");

        Assert.Equal(HttpStatusCode.NoContent, remembered.StatusCode);
        var lesson = await (await site.SignInAsync(learner.User)).GetPageAsync("/courses/giu-an-toan/nhan-ra-tro-lua");
        var article = lesson.QuerySelector("article.lesson")!;
        Assert.Equal("gap-thi-lam-gi", article.GetAttribute("data-anchor"));
        Assert.NotNull(lesson.GetElementById("gap-thi-lam-gi"));
    }

    [Fact]
    public async Task Lesson_TwoDevicesAtOnce_MakeOneRow()
    {
        var learner = await site.LearnerAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SignInAsync(learner.User)));

        await Task.WhenAll(clients.Select(client => client.GetPageAsync("/courses/giu-an-toan/mat-khau")));

        Assert.Equal(1, await site.QueryAsync(db => db.LessonProgress.CountAsync(progress => progress.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Lesson_StaffWithoutPerson_ReadsButKeepsNothing()
    {
        var client = await site.SignInAsync("so.organizer");

        var lesson = await client.GetPageAsync("/courses/giu-an-toan/mat-khau");
        var quiz = await client.GetPageAsync("/courses/giu-an-toan/quiz");

        Assert.Empty(lesson.QuerySelectorAll(".lesson-nav form"));
        Assert.Contains("dành cho thành viên", quiz.Words());
    }

    [Fact]
    public async Task Today_TeamLine_CountsTheTeam()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);

        var today = await client.GetPageAsync("/today");

        Assert.Matches(@"Tổ bạn: [1-9]\d*/\d+ người đã xong Giữ an toàn khi dùng điện thoại", today.Words());
        Assert.Contains("Đã xong", today.QuerySelector(".rings a[href='/courses/giu-an-toan']")!.TextContent);
    }
}

public sealed class SqliteLearningTests(SqliteSite site) : LearningTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlLearningTests(PostgreSqlSite site) : LearningTests(site), IClassFixture<PostgreSqlSite>;
