using System.Net;
using TrainingSite.Courses.Models;
using static TrainingSite.SiteTests.Courses.LearningPhone;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Quizzes without a network: the papers that a phone takes along, and the answers that it sends when the signal is back.</summary>
public abstract class OfflineQuizTests(SiteFixture site)
{
    private const string Author = "so.organizer";

    [Fact]
    public async Task Papers_HoldTheFieldsOfTheQuizAndNothingThatTellsTheAnswer()
    {
        var phone = await site.PhoneAsync();

        var html = await phone.PapersTextAsync(CoursesArrange.Safety);

        Assert.Equal(2, html.Split("data-paper=").Length - 1);
        Assert.Equal(6, html.Split("<fieldset").Length - 1);
        Assert.Contains("name=\"choice\"", html);
        foreach (var told in await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == CoursesArrange.Safety).ToListAsync()))
        {
            Assert.DoesNotContain(told.Explanation, html);
            Assert.All(told.ReadOptions().Where(option => option.Why is not null), option => Assert.DoesNotContain(option.Why!, html));
        }

        Assert.DoesNotContain("correct", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(html, await phone.PapersTextAsync(CoursesArrange.Safety));
    }

    [Fact]
    public async Task Papers_OfEveryKindOfQuestion_AreMarkedLikeTheQuizPage()
    {
        var slug = await site.AskAsync(Enum.GetValues<QuestionType>());
        var phone = await site.PhoneAsync();
        var html = WebUtility.HtmlDecode(await phone.PapersTextAsync(slug));
        Assert.All(["name=\"place[0]\"", "name=\"pair[0]\"", "name=\"text\"", "qua-tang.example/nhan"], text => Assert.Contains(text, html));
        Assert.All([QuestionSamples.Explanation, "<mark>", "Đầu số 156", "Đuôi địa chỉ lạ."], text => Assert.DoesNotContain(text, html));
        var kinds = Enum.GetValues<QuestionType>().Length;

        var right = await phone.SendAsync(await phone.QuizAsync(site, slug, right: kinds));
        var wrong = await phone.SendAsync(await phone.QuizAsync(site, slug, right: 0));
        var nothing = await phone.QuizAsync(site, slug, right: 0);
        nothing["answers"] = Enumerable.Repeat(Array.Empty<string[]>(), kinds).ToList();
        var empty = await phone.SendAsync(nothing);

        Assert.Equal([kinds, 0, 0], new[] { right, wrong, empty }.Select(answer => answer.GetProperty("results")[0].GetProperty("score").GetProperty("correct").GetInt32()));
        Assert.Contains($"Bạn đúng 0 trong {kinds} câu", (await phone.Client.GetPageAsync($"/courses/{slug}/quiz/3")).Words());
    }

    [Fact]
    public async Task Papers_OfAQuizWithATimeLimit_NeedANetwork()
    {
        var slug = await site.AskAsync(course => course.TimeLimitMinutes = 10, QuestionType.OneAnswer);
        var phone = await site.PhoneAsync();

        var html = WebUtility.HtmlDecode(await phone.PapersTextAsync(slug));

        Assert.Contains("có giờ nên chỉ làm được khi có mạng", html);
        Assert.DoesNotContain("data-paper=", html);
    }

    [Fact]
    public async Task Quiz_AnsweredOffline_IsMarkedByTheServerForItsOwnTime()
    {
        var phone = await site.PhoneAsync();
        var item = await phone.QuizAsync(site, CoursesArrange.Safety, right: 2);
        var done = site.Clock.UtcNow();
        site.Clock.Advance(TimeSpan.FromHours(26));

        var score = Assert.Single((await phone.SendAsync(item)).GetProperty("results").EnumerateArray()).GetProperty("score");
        var again = await phone.SendAsync(item);

        Assert.Equal((1, 2, 3, true), (score.GetProperty("number").GetInt32(), score.GetProperty("correct").GetInt32(), score.GetProperty("total").GetInt32(), score.GetProperty("passed").GetBoolean()));
        Assert.Equal(["duplicate"], Outcomes(again));
        Assert.Equal(2, again.GetProperty("results")[0].GetProperty("score").GetProperty("correct").GetInt32());
        Assert.Contains("Bạn đúng 2 trong 3 câu và đã đạt.", (await phone.Client.GetPageAsync($"/courses/{CoursesArrange.Safety}/quiz/1")).Words());
        var completion = await site.QueryAsync(db => db.Completions.SingleAsync(row => row.PersonId == phone.Learner.PersonId));
        Assert.Equal(done, completion.CompletedUtc);
        site.Clock.Advance(TimeSpan.FromHours(-26));
    }

    [Fact]
    public async Task Quiz_CourseRepublishedMeanwhile_CountsByWhatWasAsked()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        var phone = await site.PhoneAsync();
        var lesson = (await site.LessonsAsync(slug)).Single();
        var quiz = await phone.QuizAsync(site, slug, right: 1);
        var key = await site.QueryAsync(db => db.Questions.Where(row => row.Course.Slug == slug).Select(row => row.Key).SingleAsync());
        await author.PostFormAsync($"/courses/edit/{slug}/questions/{key}", new(EditorTests.Question("Câu khác hẳn?")) { ["Form.Revision"] = "1", ["Form.Options[0].Correct"] = "false", ["Form.Options[0].Why"] = "Giờ thì không.", ["Form.Options[1].Correct"] = "true" });
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        Assert.Equal(["recorded", "recorded"], Outcomes(await phone.SendAsync(phone.Item("finish", lesson), quiz)));

        var attempt = await site.QueryAsync(db => db.QuizAttempts.SingleAsync(row => row.PersonId == phone.Learner.PersonId));
        Assert.Equal((1, AttemptState.Passed), (attempt.Correct, attempt.State));
        var fresh = await phone.PapersTextAsync(slug);
        Assert.Contains("Câu khác hẳn?", fresh);
        Assert.DoesNotContain("Một câu?", fresh);
    }

    [Fact]
    public async Task Course_ArchivedMeanwhile_IsSaidForTheQuizToo()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        var phone = await site.PhoneAsync();
        var quiz = await phone.QuizAsync(site, slug, right: 1);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Archived" }, page: $"/courses/edit/{slug}");

        Assert.Equal("course_gone", Reason(await phone.SendAsync(quiz)));
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
    }

    [Fact]
    public async Task Quiz_AttemptsUsedUpMeanwhile_IsRefusedAndTheScoresStay()
    {
        var phone = await site.PhoneAsync();
        var quiz = await phone.QuizAsync(site, CoursesArrange.Safety, right: 3);
        await phone.Client.TakeQuizAsync(site, phone.Learner, CoursesArrange.Safety, right: 0);
        await phone.Client.TakeQuizAsync(site, phone.Learner, CoursesArrange.Safety, right: 0);

        var answer = await phone.SendAsync(quiz);

        Assert.Equal("quiz_no_attempts_left", Reason(answer));
        Assert.Contains("Bạn đã làm đủ 2 lần.", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Equal(2, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
        Assert.Contains("Bạn đã làm đủ 2 lần.", WebUtility.HtmlDecode(await phone.PapersTextAsync(CoursesArrange.Safety)));
    }

    [Fact]
    public async Task Paper_HandedInTwiceWithOtherAnswers_CountsTheFirst()
    {
        var phone = await site.PhoneAsync();
        var first = await phone.QuizAsync(site, CoursesArrange.Safety, right: 0);
        var second = await phone.QuizAsync(site, CoursesArrange.Safety, right: 3);
        await phone.SendAsync(first);

        var answer = await phone.SendAsync(second);

        Assert.Equal("paper_used", Reason(answer));
        Assert.Contains("lần 1", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == phone.Learner.PersonId).Select(row => row.Correct).SingleAsync()));
        Assert.NotEqual(Paper(first), Paper(await phone.QuizAsync(site, CoursesArrange.Safety, right: 3)));
    }

    private static Guid Paper(Dictionary<string, object?> item) => (Guid)item["paper"]!;
}

public sealed class SqliteOfflineQuizTests(SqliteSite site) : OfflineQuizTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOfflineQuizTests(PostgreSqlSite site) : OfflineQuizTests(site), IClassFixture<PostgreSqlSite>;
