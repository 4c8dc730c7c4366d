using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Questions of every kind are asked, marked and explained by the server; time is kept by the server.</summary>
public abstract class QuestionKindTests(SiteFixture site)
{
    public static TheoryData<QuestionType> Kinds => [.. Enum.GetValues<QuestionType>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Question_OfEachKind_TellsNothingBeforeAndEverythingAfter(QuestionType type)
    {
        var slug = await site.AskAsync(type);
        var (learner, client) = await LearnerAsync();
        var sample = QuestionSamples.Of(type);
        var question = await client.StartQuizAsync(slug);

        var before = await client.GetAsync(question);
        var html = WebUtility.HtmlDecode(await before.Content.ReadAsStringAsync());
        Assert.Contains(sample.Text, html);
        Assert.DoesNotContain(QuestionSamples.Explanation, html);
        Assert.All(sample.Options.Select(option => option.Why).OfType<string>(), why => Assert.DoesNotContain(why, html));
        Assert.DoesNotContain("<mark>", html);
        Assert.DoesNotContain("answer-right", html);
        Assert.DoesNotContain("correct", html, StringComparison.OrdinalIgnoreCase);
        if (type == QuestionType.ShortAnswer)
        {
            // Alone, as a person would read it: keys and tokens hold such digits by chance.
            Assert.DoesNotMatch(@"(?<![\w-])156(?![\w-])", html);
        }

        var wrong = await client.AnswerAsync(site, learner, question, right: false);
        Assert.Equal(question, wrong.Headers.Location!.ToString());
        var told = await client.GetPageAsync(question);
        Assert.Contains("Chưa đúng, nhưng giờ bạn đã biết.", told.Words());
        Assert.Contains(QuestionSamples.Explanation, told.Words());
        Assert.NotNull(told.QuerySelector(".answer-wrong"));
        if (type == QuestionType.Scenario)
        {
            Assert.Equal(sample.Scene!.Signs, told.QuerySelectorAll("mark").Select(mark => mark.TextContent));
            Assert.Equal(sample.Scene.Text, told.QuerySelector(".message-text")!.TextContent);
        }

        var result = await client.GetPageAsync(await client.TakeQuizAsync(site, learner, slug, right: 1));
        Assert.Contains("Bạn đúng 1 trong 1 câu và đã đạt.", result.Words());
        Assert.Contains(QuestionSamples.Explanation, result.Words());
        Assert.Null(result.QuerySelector(".answer-wrong"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Answer_OfEachKindSentAgain_StandsOnceAndNoOtherAfterTheEnd(QuestionType type)
    {
        var slug = await site.AskAsync(type);
        var (learner, client) = await LearnerAsync();
        var question = await client.StartQuizAsync(slug);
        var page = await client.GetPageAsync(question);
        var (right, wrong) = (await site.AnswerFieldsAsync(learner.PersonId, question, right: true), await site.AnswerFieldsAsync(learner.PersonId, question, right: false));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PostAsync(client, page, question, right)));

        var again = await PostAsync(client, page, question, right);
        var other = await PostAsync(client, page, question, wrong);

        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.NotNull((await other.ReadPageAsync()).QuerySelector("[data-fault=quiz_attempt_finished]"));
        var attempt = await AttemptAsync(learner);
        Assert.Equal((1, AttemptState.Passed), (attempt.Correct, attempt.State));
    }

    [Theory]
    [InlineData(QuestionType.Order, "place[0]", "2", "Hãy chọn thứ tự cho mọi bước.")]
    [InlineData(QuestionType.Match, "pair[1]", "0", "Hãy chọn cho đủ các dòng.")]
    [InlineData(QuestionType.ShortAnswer, "text", "...", "Bạn chưa viết câu trả lời.")]
    [InlineData(QuestionType.PictureChoice, "choice", "9", "Bạn chưa chọn câu trả lời.")]
    [InlineData(QuestionType.Scenario, "choice", "x", "Bạn chưa chọn câu trả lời.")]
    public async Task Answer_Unfinished_IsSentBackWithWhatWasGiven(QuestionType type, string name, string value, string words)
    {
        var slug = await site.AskAsync(type);
        var (learner, client) = await LearnerAsync();
        var question = await client.StartQuizAsync(slug);
        var empty = await client.GetPageAsync(question);
        // As a browser sends it: every field, the others empty.
        var fields = empty.QuerySelectorAll("main form select").Select(select => select.GetAttribute("name")!).ToDictionary(field => field, _ => "");
        fields[name] = value;

        var answer = await PostAsync(client, empty, question, fields);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.ReadPageAsync();
        Assert.Contains(words, page.QuerySelector("[role=alert]")!.TextContent);
        if (page.QuerySelector($"select[name='{name}']") is IHtmlSelectElement select)
        {
            Assert.Equal(value, select.Value);
        }

        Assert.Null((await AttemptAsync(learner)).ReadDraw()[0].A);
    }

    [Fact]
    public async Task Quiz_AtEnd_TellsOfNoKindBeforeTheEnd()
    {
        var types = Enum.GetValues<QuestionType>();
        var slug = await site.AskAsync(course => course.Explain = ExplainMode.AtEnd, types);
        var (learner, client) = await LearnerAsync();
        var question = await client.StartQuizAsync(slug);
        foreach (var _ in types[1..])
        {
            var next = (await client.AnswerAsync(site, learner, question, right: false)).Headers.Location!.ToString();
            var answered = await client.GetPageAsync(question);
            Assert.Null(answered.QuerySelector(".answer-right, .answer-wrong, mark"));
            Assert.DoesNotContain(QuestionSamples.Explanation, answered.Words());
            Assert.Contains("Đã ghi câu trả lời.", answered.Words());
            question = next;
        }

        var end = await client.AnswerAsync(site, learner, question, right: true);

        var result = await client.GetPageAsync(end.Headers.Location!.ToString());
        Assert.Contains($"Bạn đúng 1 trong {types.Length} câu", result.Words());
        Assert.Equal(types.Length, result.QuerySelectorAll(".notice[role=status]").Length);
    }

    [Fact]
    public async Task TimeLimit_Over_EndsTheAttemptWithWhatWasAnswered()
    {
        var slug = await site.AskAsync(course => (course.TimeLimitMinutes, course.PassPercent) = (10, 50), QuestionType.ShortAnswer, QuestionType.Order);
        var (learner, client) = await LearnerAsync();
        Assert.Contains("Làm trong 10 phút.", (await client.GetPageAsync($"/courses/{slug}/quiz")).Words());
        var first = await client.StartQuizAsync(slug);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("Còn 6 phút", (await client.GetPageAsync(first)).Words());
        await client.AnswerAsync(site, learner, first, right: true);
        var second = first[..^1] + "2";
        var open = await client.GetPageAsync(second);
        var fields = await site.AnswerFieldsAsync(learner.PersonId, second, right: true);

        site.Clock.Advance(TimeSpan.FromMinutes(7));
        var late = await PostAsync(client, open, second, fields);

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var refused = await late.ReadPageAsync();
        Assert.NotNull(refused.QuerySelector("[data-fault=quiz_time_over]"));
        Assert.Equal(first[..first.LastIndexOf('/')], refused.QuerySelector<IHtmlAnchorElement>("main .btn-primary")!.PathName);
        var attempt = await AttemptAsync(learner);
        Assert.Equal((1, AttemptState.Passed, attempt.StartedUtc.AddMinutes(10)), (attempt.Correct, attempt.State, attempt.FinishedUtc));
        Assert.Equal(1, await site.QueryAsync(db => db.Completions.Current(site.Clock.UtcNow()).CountAsync(row => row.PersonId == learner.PersonId)));
        var result = await client.GetPageAsync(refused.QuerySelector<IHtmlAnchorElement>("main .btn-primary")!.PathName);
        Assert.Contains("Chưa kịp trả lời", result.Words());
        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync(second)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(client, open, first, await site.AnswerFieldsAsync(learner.PersonId, first, right: true))).StatusCode);
    }

    [Fact]
    public async Task TimeLimit_JustOver_StillTakesAnAnswerThatWasOnItsWay()
    {
        var slug = await site.AskAsync(course => course.TimeLimitMinutes = 10, QuestionType.Match);
        var (learner, client) = await LearnerAsync();
        var question = await client.StartQuizAsync(slug);
        site.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(50));

        await client.AnswerAsync(site, learner, question, right: true);

        Assert.Equal(AttemptState.Passed, (await AttemptAsync(learner)).State);
    }

    [Fact]
    public async Task TimeLimit_OverUnseen_TheNextStartIsAnotherAttempt()
    {
        var slug = await site.AskAsync(course => (course.TimeLimitMinutes, course.MaxAttempts) = (5, 2), QuestionType.Scenario);
        var (learner, client) = await LearnerAsync();
        var first = await client.StartQuizAsync(slug);
        site.Clock.Advance(TimeSpan.FromMinutes(30));

        var second = await client.StartQuizAsync(slug);

        Assert.NotEqual(first, second);
        Assert.Equal([AttemptState.Failed, AttemptState.Running], await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).OrderBy(row => row.Number).Select(row => row.State).ToListAsync()));
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains("Bạn đã dùng hết 2 lần làm bài.", (await client.GetPageAsync($"/courses/{slug}/quiz")).Words());
    }

    [Fact]
    public async Task Lesson_ClickedThrough_AsksPolitelyToReadOn()
    {
        var slug = await site.AskAsync(course => course.ReadPercent = 50, QuestionType.Order);
        var (learner, client) = await LearnerAsync();
        var page = await client.GetPageAsync($"/courses/{slug}/bai");
        Assert.Contains($"nút Xong dùng được từ {site.Clock.UtcNow().AddMinutes(5).ToTimeText()}", page.Words());
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        var tooSoon = await client.PostFormFromAsync(page, $"/courses/{slug}/bai", []);

        Assert.Equal($"/courses/{slug}/bai#done", tooSoon.Headers.Location!.ToString());
        Assert.Contains("Bạn đọc tiếp khoảng 3 phút nữa rồi bấm Xong nhé.", (await client.GetPageAsync($"/courses/{slug}/bai")).Body!.TextContent);
        Assert.Null(await FinishedAsync(learner));

        site.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.DoesNotContain("nút Xong dùng được từ", (await client.GetPageAsync($"/courses/{slug}/bai")).Words());
        await client.PostFormFromAsync(page, $"/courses/{slug}/bai", []);
        Assert.NotNull(await FinishedAsync(learner));
    }

    [Fact]
    public async Task Lesson_ReadWithoutANetworkOrOnPaper_NeedsNoWait()
    {
        var slug = await site.AskAsync(course => course.ReadPercent = 100, QuestionType.Order);
        var (offline, client) = await LearnerAsync();
        var (onPaper, _) = await LearnerAsync();

        // The lesson's page was kept on the device: only the form arrives.
        var finished = await client.PostFormAsync($"/courses/{slug}/bai", [], page: $"/courses/{slug}/quiz");
        var leader = await site.SignInAsync("to.truong");
        var lesson = await site.QueryAsync(db => db.Lessons.Where(row => row.Course.Slug == slug).Select(row => row.Id).SingleAsync());
        await leader.WriteLearningAsync($"/people/{onPaper.Code}/learning/{slug}", form => form.Tick("lesson", lesson));

        Assert.Equal($"/courses/{slug}/quiz", finished.Headers.Location!.ToString());
        Assert.NotNull(await FinishedAsync(offline));
        Assert.NotNull(await FinishedAsync(onPaper));
    }

    private async Task<(Learner Learner, HttpClient Client)> LearnerAsync()
    {
        var learner = await site.LearnerAsync();
        return (learner, await site.SignInAsync(learner.User));
    }

    private Task<QuizAttempt> AttemptAsync(Learner learner) => site.QueryAsync(db => db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));

    private Task<DateTime?> FinishedAsync(Learner learner) => site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == learner.PersonId).Select(row => row.FinishedUtc).SingleAsync());

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, IDocument page, string url, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        using var content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token)));
        return await client.PostAsync(url, content);
    }
}

public sealed class SqliteQuestionKindTests(SqliteSite site) : QuestionKindTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlQuestionKindTests(PostgreSqlSite site) : QuestionKindTests(site), IClassFixture<PostgreSqlSite>;
