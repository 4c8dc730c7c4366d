using System.Net;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A quiz: one question a screen, kind explanations, a result that says what was wrong and why.</summary>
public abstract class QuizTests(SiteFixture site)
{
    [Fact]
    public async Task Question_BeforeTheAnswer_HoldsNothingThatTellsIt()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);

        var question = await (await client.GetAsync(await client.StartQuizAsync(CoursesArrange.Safety))).Content.ReadAsStringAsync();

        foreach (var told in await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == CoursesArrange.Safety).ToListAsync()))
        {
            Assert.DoesNotContain(told.Explanation, question);
            Assert.All(told.ReadOptions().Where(option => option.Why is not null), option => Assert.DoesNotContain(option.Why!, question));
        }

        Assert.DoesNotContain("correct", question, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("answer-right", question);
    }

    [Fact]
    public async Task Answer_Wrong_SaysKindlyWhyAtOnce()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var question = await client.StartQuizAsync(CoursesArrange.Safety);

        var answered = await client.AnswerAsync(site, learner, question, right: false);

        Assert.Equal(question, answered.Headers.Location!.ToString());
        var page = await client.GetPageAsync(question);
        Assert.NotNull(page.QuerySelector(".answer-right"));
        Assert.Contains("Chưa đúng, nhưng giờ bạn đã biết.", page.Words());
        Assert.Contains("Câu tiếp", page.Words());
    }

    [Fact]
    public async Task Lesson_ReadAgainFromTheQuiz_LeadsBackToIt()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var result = await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 1);
        var again = (await client.GetPageAsync(result)).QuerySelectorAll("a").First(link => link.TextContent.StartsWith("Đọc lại bài", StringComparison.Ordinal)).GetAttribute("href")!;

        var lesson = await client.GetPageAsync(again);
        var plain = await client.GetPageAsync(again.Split('?')[0]);

        Assert.Equal(result, lesson.QuerySelector(".topline-back")!.GetAttribute("href"));
        Assert.Contains(lesson.QuerySelectorAll(".lesson-nav a"), link => link.TextContent == "Về bài kiểm tra" && link.GetAttribute("href") == result);
        Assert.Equal($"/courses/{CoursesArrange.Safety}", plain.QuerySelector(".topline-back")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Quiz_FailedThenPassed_CompletesTheCourse()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);

        var failed = await client.GetPageAsync(await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 1));
        Assert.Contains("Bạn đúng 1 trong 3 câu, cần 2 câu để đạt.", failed.Words());
        Assert.Contains("2 câu cần xem lại", failed.Words());
        Assert.Contains("Bạn còn 1 lần.", failed.Words());
        Assert.Equal(2, failed.QuerySelectorAll("#wrong").Length + failed.QuerySelectorAll(".quiz > section h3").Length - 1);

        var passed = await client.GetPageAsync(await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 2));
        Assert.Contains("Bạn đúng 2 trong 3 câu và đã đạt.", passed.Words());
        Assert.Contains("Bạn đã hoàn thành khóa học này ngày 22/11/2026.", passed.Words());
        Assert.Contains("Đạt bài kiểm tra (66%)", passed.Words());

        var me = await client.GetPageAsync("/me");
        Assert.Contains("Giữ an toàn khi dùng điện thoại", me.Words());
        Assert.Contains("Đã hoàn thành", me.Words());
        var fact = Assert.Single((await site.QueryAsync(db => db.Completions.SingleAsync(row => row.PersonId == learner.PersonId))).ReadBasis());
        Assert.Equal((CompletionFactKind.Quiz, 66), (fact.Kind, fact.Percent));
    }

    [Fact]
    public async Task Quiz_AtEndMode_TellsNothingBeforeTheEnd()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var question = await client.StartQuizAsync(CoursesArrange.Payment);

        var answered = await client.AnswerAsync(site, learner, question, right: false);
        Assert.NotEqual(question, answered.Headers.Location!.ToString());
        var back = await client.GetPageAsync(question);
        Assert.Null(back.QuerySelector(".answer-right"));
        Assert.Null(back.QuerySelector(".answer-wrong"));
        Assert.Contains("Bạn đã chọn", back.Words());

        var last = await client.AnswerAsync(site, learner, answered.Headers.Location.ToString(), right: true);
        var result = await client.GetPageAsync(last.Headers.Location!.ToString());
        Assert.NotNull(result.QuerySelector(".answer-right"));
        Assert.Contains("1 câu cần xem lại", result.Words());
    }

    [Fact]
    public async Task Quiz_AllMode_PassingAloneDoesNotComplete()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);

        var passed = await client.GetPageAsync(await client.TakeQuizAsync(site, learner, CoursesArrange.Payment, right: 2));

        Assert.Contains("và dự ít nhất 80% một buổi tập huấn", passed.Words());
        Assert.False(await site.QueryAsync(db => db.Completions.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Start_PressedTwiceAtOnce_MakesOneAttempt()
    {
        var learner = await site.LearnerAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SignInAsync(learner.User)));

        var questions = await Task.WhenAll(clients.Select(client => client.StartQuizAsync(CoursesArrange.Safety)));

        Assert.Single(questions.Distinct());
        Assert.Equal(1, await site.QueryAsync(db => db.QuizAttempts.CountAsync(attempt => attempt.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Answer_SentTwiceAtOnce_CountsOnceAndTheFirstStands()
    {
        var learner = await site.LearnerAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => site.SignInAsync(learner.User)));
        var question = await clients[0].StartQuizAsync(CoursesArrange.Safety);

        var answers = await Task.WhenAll(clients.Select(client => client.AnswerAsync(site, learner, question, right: true)));
        await PostAgainAsync(clients[0], learner, question, right: false);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        var attempt = await site.QueryAsync(db => db.QuizAttempts.SingleAsync(row => row.PersonId == learner.PersonId));
        Assert.Equal((1, AttemptState.Running), (attempt.Correct, attempt.State));
    }

    [Fact]
    public async Task Answer_None_AsksForOne()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var question = await client.StartQuizAsync(CoursesArrange.Safety);

        var page = await (await client.PostFormAsync(question, [])).ReadPageAsync();

        Assert.Contains("Bạn chưa chọn câu trả lời.", page.Words());
        Assert.NotNull(page.QuerySelector("fieldset.answers"));
    }

    [Fact]
    public async Task Answer_AfterTheAttempt_IsRefusedAndKeepsTheScore()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var result = await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);

        var late = await PostAgainAsync(client, learner, result + "/1", right: true);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.NotNull((await late.ReadPageAsync()).QuerySelector("[data-fault=quiz_attempt_finished]"));
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Correct).SingleAsync()));
    }

    [Fact]
    public async Task Start_AfterTheLastAttempt_IsRefusedAndSaysWhatToDo()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);
        var result = await client.GetPageAsync(await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0));
        Assert.Contains("Bạn đã dùng hết 2 lần làm bài.", result.Words());
        Assert.Contains("dự một buổi tập huấn cùng chuyên đề", result.Words());

        var third = await client.PostFormAsync("/courses/giu-an-toan/quiz", [], page: "/courses/tra-tien-bang-ma/quiz");

        Assert.Equal(HttpStatusCode.Conflict, third.StatusCode);
        Assert.NotNull((await third.ReadPageAsync()).QuerySelector("[data-fault=quiz_no_attempts_left]"));
        Assert.Equal(2, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Answer_OfAThirdAttempt_IsRefused()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);
        await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);

        var answer = await client.PostFormAsync("/courses/giu-an-toan/quiz/3/1", new() { ["choice"] = "0" }, page: "/courses/tra-tien-bang-ma/quiz");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.NotNull((await answer.ReadPageAsync()).QuerySelector("[data-fault=quiz_no_attempts_left]"));
    }

    [Fact]
    public async Task Question_OfAnotherPerson_IsNotFound()
    {
        var learner = await site.LearnerAsync();
        await (await site.SignInAsync(learner.User)).TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 3);
        var other = await site.SignInAsync((await site.LearnerAsync()).User);

        await other.GetPageAsync("/courses/giu-an-toan/quiz/1", HttpStatusCode.NotFound);
        await other.GetPageAsync("/courses/giu-an-toan/quiz/1/1", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Question_EditedAfterwards_LeavesThePastAttemptAsItWas()
    {
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var result = await client.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);
        var before = (await client.GetPageAsync(result)).Words();
        var author = await site.SignInAsync("so.organizer");

        var saved = await author.PostFormAsync("/courses/edit/giu-an-toan/questions/T7-Q03", new()
        {
            ["Form.Revision"] = (await site.QueryAsync(db => db.Questions.Where(row => row.Key == "T7-Q03" && row.RetiredUtc == null).Select(row => row.Revision).SingleAsync())).ToString(),
            ["Form.Type"] = "TrueFalse",
            ["Form.Text"] = $"Câu mới {Guid.NewGuid()}",
            ["Form.Options[0].Text"] = "Đúng",
            ["Form.Options[1].Text"] = "Sai",
            ["Form.Options[1].Correct"] = "true",
            ["Form.Explanation"] = "Không đưa mã OTP cho ai.",
        });

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await author.PostFormAsync("/courses/edit/giu-an-toan/publish", [], page: "/courses/edit/giu-an-toan");
        Assert.Equal(before, (await client.GetPageAsync(result)).Words());
    }

    private async Task<HttpResponseMessage> PostAgainAsync(HttpClient client, Learner learner, string question, bool right)
    {
        var choices = await site.ChoicesAsync(learner, question, right);
        return await client.PostFormAsync(question, new() { ["choice"] = choices[0].ToString() }, page: "/courses/tra-tien-bang-ma/quiz");
    }
}

public sealed class SqliteQuizTests(SqliteSite site) : QuizTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlQuizTests(PostgreSqlSite site) : QuizTests(site), IClassFixture<PostgreSqlSite>;
