using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Offline;
using TrainingSite.SiteTests.Media;
using static TrainingSite.SiteTests.Courses.LearningPhone;

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
    public async Task Reading_SentTwice_ChangesNothing()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
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
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
        object[] items = [phone.Item("open", lessons[0], minutes: -9), phone.Item("finish", lessons[0], minutes: -8), phone.Item("open", lessons[1], minutes: -7), phone.Item("finish", lessons[1], minutes: -6)];
        // The server had taken half of it when the line broke; the phone never got an answer.
        await phone.SendAsync(items[..2]);

        Assert.Equal(["duplicate", "duplicate", "recorded", "recorded"], Outcomes(await phone.SendAsync(items)));
        Assert.Equal(2, (await ProgressAsync(phone)).Count(row => row.Finished is not null));
    }

    [Fact]
    public async Task Batch_SentAtOnceByPageAndWorker_CountsOnce()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
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
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
        var strange = Guid.CreateVersion7();

        var answer = await phone.SendAsync(phone.Item("open", lessons[0]), new { id = strange, kind = "dance", at = site.Clock.GetUtcNow() }, "?", phone.Item("open", lessons[1]));

        Assert.Equal(["recorded", "recorded", "rejected", "rejected"], Outcomes(answer).Order());
        Assert.Contains(answer.GetProperty("results").EnumerateArray(), result => result.GetProperty("id").GetGuid() == strange && result.GetProperty("message").GetString()!.Length > 0);
        Assert.Equal(2, (await ProgressAsync(phone)).Count);
    }

    [Fact]
    public async Task Batch_OfAnotherAccount_IsRefusedWhole()
    {
        var (owner, other) = (await site.PhoneAsync(), await site.PhoneAsync());
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);

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
        var (owner, other) = (await site.PhoneAsync(), await site.PhoneAsync());
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
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
        var (owner, other) = (await site.PhoneAsync(), await site.PhoneAsync());
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
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
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
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
    public async Task Lesson_RemovedMeanwhile_IsRefusedInWordsAndTheRestIsTaken()
    {
        var author = await site.SignInAsync(Author);
        var slug = await PublishTests.PublishedAsync(author, "Bài một");
        await author.PostFormAsync($"/courses/edit/{slug}/lessons/new", new(EditorTests.Lesson("0", "Bài hai")) { ["Form.Title"] = "Bài hai", ["Form.Position"] = "2" });
        await author.PostFormAsync($"/courses/edit/{slug}/publish", [], page: $"/courses/edit/{slug}");
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(slug);
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
    public async Task Event_LongPast_IsRefusedInWords()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);

        var answer = await phone.SendAsync(phone.Item("finish", lessons[0], minutes: -60 * 24 * 91), phone.Item("finish", lessons[1], minutes: -60 * 24 * 89));

        Assert.Equal(["rejected", "recorded"], Outcomes(answer));
        Assert.Equal("too_old", Reason(answer));
        Assert.Contains("quá 90 ngày", answer.GetProperty("results")[0].GetProperty("message").GetString());
        Assert.Single(await ProgressAsync(phone));
    }

    [Fact]
    public async Task Event_OfAClockThatIsWrong_IsPutRight()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
        phone.Ahead = TimeSpan.FromDays(-400);

        Assert.Equal(["recorded"], Outcomes(await phone.SendAsync(phone.Item("finish", lessons[0], minutes: -30))));
        phone.Ahead = TimeSpan.FromDays(3);
        Assert.Equal(["recorded"], Outcomes(await phone.SendAsync(phone.Item("finish", lessons[1], minutes: 5))));

        Assert.Equal([site.Clock.UtcNow().AddMinutes(-30), site.Clock.UtcNow()], (await ProgressAsync(phone)).Select(row => row.Finished!.Value));
    }

    [Fact]
    public async Task Position_OlderThanThatOfAnotherDevice_DoesNotWin()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
        var slug = await site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Id == lessons[0]).Select(lesson => lesson.Slug).SingleAsync());
        var page = await phone.Client.GetPageAsync($"/courses/{CoursesArrange.Safety}/{slug}");
        await phone.Client.PostFormFromAsync(page, $"/courses/{CoursesArrange.Safety}/{slug}/position", new() { ["anchor"] = "doc-sau" });

        await phone.SendAsync(phone.Item("open", lessons[0], minutes: -50), phone.Item("position", lessons[0], minutes: -40, anchor: "doc-truoc"));

        Assert.Equal([(site.Clock.UtcNow().AddMinutes(-50), (DateTime?)null, "doc-sau")], await ProgressAsync(phone));
    }

    [Fact]
    public async Task Mine_SaysHowFarTheReaderIs()
    {
        var phone = await site.PhoneAsync();
        var lessons = await site.LessonsAsync(CoursesArrange.Safety);
        await phone.SendAsync(phone.Item("finish", lessons[0]), await phone.QuizAsync(site, CoursesArrange.Safety, right: 1));

        var mine = await phone.Client.GetJsonAsync($"/learn/{CoursesArrange.Safety}/mine");

        Assert.Equal(lessons[0], Assert.Single(mine.GetProperty("lessons").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(1, mine.GetProperty("left").GetInt32());
        Assert.False(Assert.Single(mine.GetProperty("scores").EnumerateArray()).GetProperty("passed").GetBoolean());
        Assert.Equal(HttpStatusCode.Redirect, (await site.CreateClient().GetAsync($"/learn/{CoursesArrange.Safety}/mine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.SignInAsync(Author)).GetAsync($"/learn/{CoursesArrange.Safety}/mine")).StatusCode);
    }

    [Fact]
    public async Task Mine_OfAQuizThatNeedsANetworkOrOfNone_LeavesNoAttemptForThePhone()
    {
        var timed = await site.AskAsync(course => course.TimeLimitMinutes = 10, QuestionType.OneAnswer);
        var unasked = await site.AskAsync(course => course.QuizRequired = false, QuestionType.OneAnswer);
        var phone = await site.PhoneAsync();

        foreach (var slug in (string[])[timed, unasked])
        {
            Assert.Equal(0, (await phone.Client.GetJsonAsync($"/learn/{slug}/mine")).GetProperty("left").GetInt32());
        }
    }

    private Task<List<(DateTime Opened, DateTime? Finished, string? Anchor)>> ProgressAsync(LearningPhone phone) => site.QueryAsync(async db =>
        (await db.LessonProgress.Where(row => row.PersonId == phone.Learner.PersonId).OrderBy(row => row.Lesson.Position).ToListAsync()).ConvertAll(row => (row.OpenedUtc, row.FinishedUtc, row.Anchor)));
}

public sealed class SqliteOfflineTests(SqliteSite site) : OfflineTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlOfflineTests(PostgreSqlSite site) : OfflineTests(site), IClassFixture<PostgreSqlSite>;
