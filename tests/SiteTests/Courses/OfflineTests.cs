using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Offline;
using TrainingSite.SiteTests.Media;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Learning without a network: what a phone keeps of a course, and what it sends when the signal is back.</summary>
public abstract class OfflineTests(SiteFixture site)
{
    private const string Author = "so.organizer";

    [Fact]
    public async Task KeptPage_HoldsAllLessonsAndTellsNothingOfTheReader()
    {
        var learner = await site.LearnerAsync();

        var page = await (await site.SignInAsync(learner.User)).GetPageAsync($"/learn/{CoursesArrange.Safety}");

        Assert.Equal(["nhan-ra-tro-lua", "mat-khau"], page.QuerySelectorAll("template[data-lesson]").Select(lesson => lesson.GetAttribute("data-lesson")));
        Assert.DoesNotContain(learner.Code, page.DocumentElement.OuterHtml);
        Assert.Null(page.QuerySelector("form[data-forget]"));
        Assert.DoesNotContain("OTP cho nhân viên", page.DocumentElement.OuterHtml);
        await site.CreateClient().GetPageAsync("/learn/khong-co", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task CoursePage_SaysHowMuchItTakesAndKeepsPicturesInOneWidth()
    {
        var author = await site.SignInAsync(Author);
        var name = await author.AddMediaAsync("a.png", [.. SampleMedia.Png(1600, 1200), .. new byte[3000]], "Ảnh thử", SampleMedia.WebP(480, 360), SampleMedia.WebP(960, 720));
        var slug = await PublishTests.PublishedAsync(author, $"Xem hình\n\n![Hình](media/{name})");

        var course = await author.GetPageAsync($"/courses/{slug}");
        var kept = await author.GetPageAsync($"/learn/{slug}");

        Assert.Matches(@"Tải về máy khoảng \d+ kB: 1 bài học, tranh ảnh và bài kiểm tra", course.Words());
        var picture = kept.QuerySelector<IHtmlTemplateElement>("template[data-lesson=bai]")!.Content.QuerySelector("img")!;
        Assert.Equal($"/media/{name}?w=480", picture.GetAttribute("src"));
        Assert.False(picture.HasAttribute("srcset"));
        Assert.Contains($"/media/{name}?w=960 960w", (await author.GetPageAsync($"/courses/{slug}/bai")).QuerySelector("article img")!.GetAttribute("srcset"));
    }

    [Fact]
    public async Task Papers_HoldTheFieldsOfTheQuizAndNothingThatTellsTheAnswer()
    {
        var phone = await PhoneAsync();

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
        var phone = await PhoneAsync();
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
        var phone = await PhoneAsync();

        var html = WebUtility.HtmlDecode(await phone.PapersTextAsync(slug));

        Assert.Contains("có giờ nên chỉ làm được khi có mạng", html);
        Assert.DoesNotContain("data-paper=", html);
    }

    [Fact]
    public async Task Reading_SentTwice_ChangesNothing()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        object[] items = [phone.Item("open", lessons[0], minutes: -30), phone.Item("position", lessons[0], minutes: -25, anchor: "ba-dau-hieu"), phone.Item("finish", lessons[0], minutes: -20), phone.Item("open", lessons[1], minutes: -10)];

        Assert.Equal(["recorded", "recorded", "recorded", "recorded"], Outcomes(await phone.SendAsync(items)));
        var before = await ProgressAsync(phone);
        Assert.Equal(["duplicate", "duplicate", "duplicate", "duplicate"], Outcomes(await phone.SendAsync(items)));

        Assert.Equal(before, await ProgressAsync(phone));
        Assert.Equal([(site.Clock.UtcNow().AddMinutes(-30), site.Clock.UtcNow().AddMinutes(-20), "ba-dau-hieu"), (site.Clock.UtcNow().AddMinutes(-10), (DateTime?)null, null)], before);
        Assert.Equal(4, await site.QueryAsync(db => db.LearningEvents.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
        Assert.Contains("Đang đọc", (await phone.Client.GetPageAsync($"/courses/{CoursesArrange.Safety}")).Words());
    }

    [Fact]
    public async Task Batch_CutInTheMiddle_SentAgainCountsOnce()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        object[] items = [phone.Item("open", lessons[0], minutes: -9), phone.Item("finish", lessons[0], minutes: -8), phone.Item("open", lessons[1], minutes: -7), phone.Item("finish", lessons[1], minutes: -6)];
        // The server had taken half of it when the line broke; the phone never got an answer.
        await phone.SendAsync(items[..2]);

        Assert.Equal(["duplicate", "duplicate", "recorded", "recorded"], Outcomes(await phone.SendAsync(items)));
        Assert.Equal(2, (await ProgressAsync(phone)).Count(row => row.Finished is not null));
    }

    [Fact]
    public async Task Batch_SentAtOnceByPageAndWorker_CountsOnce()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        object[] items = [phone.Item("open", lessons[0], minutes: -9), phone.Item("finish", lessons[0], minutes: -8), await phone.QuizAsync(site, CoursesArrange.Safety, right: 3, minutes: -7)];

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => phone.SendAsync(items)));

        Assert.Equal(3, answers.SelectMany(Outcomes).Count(outcome => outcome == "recorded"));
        Assert.Equal(9, answers.SelectMany(Outcomes).Count(outcome => outcome == "duplicate"));
        Assert.Equal(1, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
        Assert.All(answers, answer => Assert.Equal(3, answer.GetProperty("results").EnumerateArray().Last().GetProperty("score").GetProperty("correct").GetInt32()));
    }

    [Fact]
    public async Task Batch_WithAnItemThatCannotBeRead_TakesTheOthers()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        var strange = Guid.CreateVersion7();

        var answer = await phone.SendAsync(phone.Item("open", lessons[0]), new { id = strange, kind = "dance", at = site.Clock.GetUtcNow() }, "?", phone.Item("open", lessons[1]));

        Assert.Equal(["recorded", "recorded", "rejected", "rejected"], Outcomes(answer).Order());
        Assert.Contains(answer.GetProperty("results").EnumerateArray(), result => result.GetProperty("id").GetGuid() == strange && result.GetProperty("message").GetString()!.Length > 0);
        Assert.Equal(2, (await ProgressAsync(phone)).Count);
    }

    [Fact]
    public async Task Batch_OfAnotherAccount_IsRefusedWhole()
    {
        var (owner, other) = (await PhoneAsync(), await PhoneAsync());
        var lessons = await LessonsAsync(CoursesArrange.Safety);

        // The cookie changed hands between asking and sending.
        var answer = await other.PostAsync(owner.UserId, owner.Item("finish", lessons[0]));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("tài khoản khác", (await answer.ReadJsonAsync()).GetProperty("message").GetString());
        Assert.Empty(await ProgressAsync(owner));
        Assert.Empty(await ProgressAsync(other));
    }

    [Fact]
    public async Task Event_OfAnotherPerson_IsNotTakenOver()
    {
        var (owner, other) = (await PhoneAsync(), await PhoneAsync());
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        var item = owner.Item("finish", lessons[0]);
        await owner.SendAsync(item);

        Assert.Equal("id_taken", Reason(await other.SendAsync(item)));
        Assert.Empty(await ProgressAsync(other));

        var quiz = await owner.QuizAsync(site, CoursesArrange.Safety, right: 3);
        Assert.Equal("paper_unknown", Reason(await other.SendAsync(quiz)));
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == other.Learner.PersonId)));
    }

    [Fact]
    public async Task SharedPhone_SendsForItsOtherPeopleWhileTheirPinHolds()
    {
        var (owner, other) = (await PhoneAsync(), await PhoneAsync());
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        await owner.Client.PostFormAsync("/me/shared-phone", new() { ["Pin"] = "4071", ["PinAgain"] = "4071" });
        await owner.Client.PostFormAsync("/account/sign-in", new() { ["Login"] = other.Learner.User, ["Password"] = SiteClient.DemoPassword });
        var session = await owner.Client.GetJsonAsync("/learn/sync");
        Assert.Equal(other.UserId, session.GetProperty("user").GetGuid());
        Assert.Equal(owner.UserId, Assert.Single(session.GetProperty("people").EnumerateArray()).GetProperty("user").GetGuid());

        Assert.Equal(["recorded"], Outcomes(await owner.SendAsync(owner.Item("finish", lessons[0]))));

        Assert.Single(await ProgressAsync(owner));
        Assert.Empty(await ProgressAsync(other));
        var elsewhere = await site.SignInAsync(owner.Learner.User);
        var revoke = (await elsewhere.GetPageAsync("/me/shared-phone")).QuerySelector("form[action$='/revoke']")!.GetAttribute("action")!;
        await elsewhere.PostFormAsync(revoke, [], page: "/me/shared-phone");
        Assert.Equal(HttpStatusCode.Forbidden, (await owner.PostAsync(owner.UserId, owner.Item("finish", lessons[1]))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(owner.UserId, owner.Item("finish", lessons[1]))).StatusCode);
    }

    [Fact]
    public async Task SignedOut_IsAskedToSignInAndNothingIsTaken()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        var stranger = site.CreateClient();

        var session = await stranger.GetJsonAsync("/learn/sync");
        Assert.Equal(JsonValueKind.Null, session.GetProperty("user").ValueKind);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/learn/sync") { Content = JsonContent.Create(new { device = "d", user = phone.UserId, items = new[] { phone.Item("open", lessons[0]) } }) };
        request.Headers.Add("RequestVerificationToken", session.GetProperty("token").GetString());
        var answer = await stranger.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(await ProgressAsync(phone));
    }

    [Fact]
    public async Task Quiz_AnsweredOffline_IsMarkedByTheServerForItsOwnTime()
    {
        var phone = await PhoneAsync();
        var item = await phone.QuizAsync(site, CoursesArrange.Safety, right: 2, minutes: -60 * 26);

        var score = Assert.Single((await phone.SendAsync(item)).GetProperty("results").EnumerateArray()).GetProperty("score");
        var again = await phone.SendAsync(item);

        Assert.Equal((1, 2, 3, true), (score.GetProperty("number").GetInt32(), score.GetProperty("correct").GetInt32(), score.GetProperty("total").GetInt32(), score.GetProperty("passed").GetBoolean()));
        Assert.Equal(["duplicate"], Outcomes(again));
        Assert.Equal(2, again.GetProperty("results")[0].GetProperty("score").GetProperty("correct").GetInt32());
        Assert.Contains("Bạn đúng 2 trong 3 câu và đã đạt.", (await phone.Client.GetPageAsync($"/courses/{CoursesArrange.Safety}/quiz/1")).Words());
        var completion = await site.QueryAsync(db => db.Completions.SingleAsync(row => row.PersonId == phone.Learner.PersonId));
        Assert.Equal(site.Clock.UtcNow().AddHours(-26), completion.CompletedUtc);
    }

    [Fact]
    public async Task Quiz_CourseRepublishedMeanwhile_CountsByWhatWasAsked()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        var phone = await PhoneAsync();
        var lesson = (await LessonsAsync(slug)).Single();
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
    public async Task Lesson_RemovedMeanwhile_IsRefusedInWordsAndTheRestIsTaken()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(slug);
        Assert.Equal(2, lessons.Count);
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/bai-hai/remove", [], page: $"/courses/edit/{slug}/lessons/bai-hai");
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");

        var answer = await phone.SendAsync(phone.Item("finish", lessons[1], minutes: -2), phone.Item("finish", lessons[0], minutes: -1));

        Assert.Equal(["rejected", "recorded"], Outcomes(answer));
        Assert.Equal("lesson_gone", Reason(answer));
        Assert.Contains("không còn trong khóa học", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Single(await ProgressAsync(phone));
    }

    [Fact]
    public async Task Course_ArchivedMeanwhile_IsSaidForTheQuizToo()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        var phone = await PhoneAsync();
        var quiz = await phone.QuizAsync(site, slug, right: 1);
        await author.PostFormAsync($"/courses/edit/{slug}/state", new() { ["state"] = "Archived" }, page: $"/courses/edit/{slug}");

        Assert.Equal("course_gone", Reason(await phone.SendAsync(quiz)));
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
    }

    [Fact]
    public async Task Quiz_AttemptsUsedUpMeanwhile_IsRefusedAndTheScoresStay()
    {
        var phone = await PhoneAsync();
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
        var phone = await PhoneAsync();
        var first = await phone.QuizAsync(site, CoursesArrange.Safety, right: 0);
        var second = await phone.QuizAsync(site, CoursesArrange.Safety, right: 3);
        await phone.SendAsync(first);

        var answer = await phone.SendAsync(second);

        Assert.Equal("paper_used", Reason(answer));
        Assert.Contains("lần 1", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Equal(0, await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == phone.Learner.PersonId).Select(row => row.Correct).SingleAsync()));
        Assert.NotEqual(Paper(first), Paper(await phone.QuizAsync(site, CoursesArrange.Safety, right: 3)));
    }

    [Fact]
    public async Task Event_LongPast_IsRefusedInWords()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);

        var answer = await phone.SendAsync(phone.Item("finish", lessons[0], minutes: -60 * 24 * 91), phone.Item("finish", lessons[1], minutes: -60 * 24 * 89));

        Assert.Equal(["rejected", "recorded"], Outcomes(answer));
        Assert.Equal("too_old", Reason(answer));
        Assert.Contains("quá 90 ngày", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Single(await ProgressAsync(phone));
    }

    [Fact]
    public async Task Event_OfAClockThatIsWrong_IsPutRight()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        phone.Ahead = TimeSpan.FromDays(-400);

        Assert.Equal(["recorded"], Outcomes(await phone.SendAsync(phone.Item("finish", lessons[0], minutes: -30))));
        phone.Ahead = TimeSpan.FromDays(3);
        Assert.Equal(["recorded"], Outcomes(await phone.SendAsync(phone.Item("finish", lessons[1], minutes: 5))));

        Assert.Equal([site.Clock.UtcNow().AddMinutes(-30), site.Clock.UtcNow()], (await ProgressAsync(phone)).Select(row => row.Finished!.Value));
    }

    [Fact]
    public async Task Position_OlderThanThatOfAnotherDevice_DoesNotWin()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        var slug = await site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Id == lessons[0]).Select(lesson => lesson.Slug).SingleAsync());
        var page = await phone.Client.GetPageAsync($"/courses/{CoursesArrange.Safety}/{slug}");
        await phone.Client.PostFormFromAsync(page, $"/courses/{CoursesArrange.Safety}/{slug}/position", new() { ["anchor"] = "doc-sau" });

        await phone.SendAsync(phone.Item("open", lessons[0], minutes: -50), phone.Item("position", lessons[0], minutes: -40, anchor: "doc-truoc"));

        Assert.Equal([(site.Clock.UtcNow().AddMinutes(-50), (DateTime?)null, "doc-sau")], await ProgressAsync(phone));
    }

    [Fact]
    public async Task Mine_SaysHowFarTheReaderIs()
    {
        var phone = await PhoneAsync();
        var lessons = await LessonsAsync(CoursesArrange.Safety);
        await phone.SendAsync(phone.Item("finish", lessons[0]), await phone.QuizAsync(site, CoursesArrange.Safety, right: 1));

        var mine = await phone.Client.GetJsonAsync($"/learn/{CoursesArrange.Safety}/mine");

        Assert.Equal(lessons[0], Assert.Single(mine.GetProperty("lessons").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(1, mine.GetProperty("left").GetInt32());
        Assert.False(Assert.Single(mine.GetProperty("scores").EnumerateArray()).GetProperty("passed").GetBoolean());
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync($"/learn/{CoursesArrange.Safety}/mine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync(Author)).GetAsync($"/learn/{CoursesArrange.Safety}/mine")).StatusCode);
    }

    private static IEnumerable<string?> Outcomes(JsonElement answer) => answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString());

    private static string? Reason(JsonElement answer) => answer.GetProperty("results")[0].GetProperty("reason").GetString();

    private static Guid Paper(Dictionary<string, object?> item) => (Guid)item["paper"]!;

    private async Task<Phone> PhoneAsync()
    {
        var learner = await site.LearnerAsync();
        var user = await site.QueryAsync(db => db.Users.Where(row => row.UserName == learner.User).Select(row => row.Id).SingleAsync());
        return new(learner, user, await site.SignInAsync(learner.User), site.Clock);
    }

    private Task<List<Guid>> LessonsAsync(string slug) => site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == slug).OrderBy(lesson => lesson.Position).Select(lesson => lesson.Id).ToListAsync());

    private Task<List<(DateTime Opened, DateTime? Finished, string? Anchor)>> ProgressAsync(Phone phone) => site.QueryAsync(async db =>
        (await db.LessonProgress.Where(row => row.PersonId == phone.Learner.PersonId).OrderBy(row => row.Lesson.Position).ToListAsync()).ConvertAll(row => (row.OpenedUtc, row.FinishedUtc, row.Anchor)));
}

/// <summary>A member's phone, as the server hears of it.</summary>
internal sealed class Phone(Learner learner, Guid userId, HttpClient client, ManualTimeProvider clock)
{
    public Learner Learner => learner;

    public Guid UserId => userId;

    public HttpClient Client => client;

    public string Device { get; } = Guid.NewGuid().ToString();

    /// <summary>How far its clock is ahead.</summary>
    public TimeSpan Ahead { get; set; }

    private DateTimeOffset Now => clock.GetUtcNow() + Ahead;

    public Dictionary<string, object?> Item(string kind, Guid? lesson = null, int minutes = 0, string? anchor = null) =>
        new() { ["id"] = Guid.CreateVersion7(), ["kind"] = kind, ["at"] = Now.AddMinutes(minutes), ["lesson"] = lesson, ["anchor"] = anchor };

    /// <summary>The next paper, answered with so many right answers.</summary>
    public async Task<Dictionary<string, object?>> QuizAsync(SiteFixture site, string slug, int right, int minutes = 0)
    {
        await PapersTextAsync(slug);
        var paper = await site.QueryAsync(db => db.QuizPapers.AsNoTracking().Where(row => row.PersonId == learner.PersonId && row.AttemptId == null).OrderBy(row => row.Id).FirstAsync());
        var draw = paper.ToAttempt().ReadDraw();
        Guid[] ids = [.. draw.Select(drawn => drawn.Q)];
        var questions = await site.QueryAsync(db => db.Questions.AsNoTracking().Where(question => ids.Contains(question.Id)).ToDictionaryAsync(question => question.Id));
        var item = Item("quiz", minutes: minutes);
        item["paper"] = paper.Id;
        item["started"] = Now.AddMinutes(minutes - 5);
        item["answers"] = draw.Select((drawn, index) => QuestionSamples.Fields(questions[drawn.Q], drawn, index < right).ConvertAll(field => new[] { field.Key, field.Value })).ToList();
        return item;
    }

    /// <summary>The questions as the phone gets them.</summary>
    public async Task<string> PapersTextAsync(string slug)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/learn/{slug}/papers") { Content = new FormUrlEncodedContent([new("device", Device)]) };
        request.Headers.Add("RequestVerificationToken", (await client.GetJsonAsync("/learn/sync")).GetProperty("token").GetString());
        var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<JsonElement> SendAsync(params object[] items)
    {
        var answer = await PostAsync(userId, items);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.ReadJsonAsync();
    }

    public async Task<HttpResponseMessage> PostAsync(Guid user, params object[] items)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/learn/sync") { Content = JsonContent.Create(new { device = Device, user, sent_at = Now, items }) };
        request.Headers.Add("RequestVerificationToken", (await client.GetJsonAsync("/learn/sync")).GetProperty("token").GetString());
        return await client.SendAsync(request);
    }
}

public sealed class SqliteOfflineTests(SqliteSite site) : OfflineTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOfflineTests(PostgreSqlSite site) : OfflineTests(site), IClassFixture<PostgreSqlSite>;
