using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Scorm;
using TrainingSite.Courses.Services;

namespace TrainingSite.SiteTests.Courses.Scorm;

/// <summary>What a package says of a person is kept once, finishes the lesson, and never stands for more than a claim.</summary>
public abstract class ScormStateTests(SiteFixture site)
{
    [Fact]
    public async Task Save_ThenOpenAgain_GoesOnWhereThePersonStopped()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var first = await client.OpenPartAsync(lesson);
        Assert.Equal((1, "not_attempted", "", false), (first.GetProperty("session").GetInt32(), first.GetProperty("status").GetString(), first.GetProperty("location").GetString(), first.GetProperty("resumes").GetBoolean()));
        Assert.DoesNotContain(learner.PersonId.ToString("N")[^12..], first.GetRawText());

        var saved = await client.SaveAsync(lesson, first, 1, new { status = "incomplete", location = "trang-2", suspend_data = "{\"a\":\"e\u0323̂\u0000\ud83d\"}", score_raw = 40, score_max = 100, session_time = "0001:02:03.5", suspended = true });

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.False((await saved.ReadJsonAsync()).GetProperty("is_done").GetBoolean());
        var page = (await client.GetPageAsync(lesson)).Words();
        Assert.Contains("Đang học", page);
        Assert.Contains("Gói báo 40/100 điểm", page);
        var second = await (await site.SignInAsync(learner.User)).OpenPartAsync(lesson);
        Assert.Equal((2, "incomplete", "trang-2", true, 3723), (second.GetProperty("session").GetInt32(), second.GetProperty("status").GetString(), second.GetProperty("location").GetString(), second.GetProperty("resumes").GetBoolean(), second.GetProperty("total_seconds").GetInt32()));
        // To the letter, but for what no database takes: the content reads its memory by its own rules.
        Assert.Equal("{\"a\":\"e\u0323̂\uFFFD\"}", second.GetProperty("suspend_data").GetString());
        Assert.Null(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Save_Done_FinishesTheLessonAndCompletesTheCourse()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var launch = await client.OpenPartAsync(lesson);
        Assert.Contains("học xong tất cả các bài", (await client.GetPageAsync(lesson[..lesson.LastIndexOf('/')])).Words());

        var answer = await (await client.SaveAsync(lesson, launch, 1, new { status = "passed", score_raw = 95 })).ReadJsonAsync();

        Assert.True(answer.GetProperty("is_done").GetBoolean() && answer.GetProperty("is_finished").GetBoolean());
        Assert.Equal(site.Clock.UtcNow(), await FinishedAsync(learner, lesson));
        var completion = await site.QueryAsync(db => db.Completions.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));
        Assert.Equal((CompletionFactKind.Lessons, site.Clock.UtcNow()), (Assert.Single(completion.ReadBasis()).Kind, completion.CompletedUtc));
        Assert.Contains("Học xong các bài ngày", (await client.GetPageAsync(lesson[..lesson.LastIndexOf('/')])).Words());
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(attempt => attempt.PersonId == learner.PersonId)));

        // The content may begin over; what was finished stays finished, from the first time.
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await client.SaveAsync(lesson, launch, 2, new { status = "incomplete" });
        await client.SaveAsync(lesson, launch, 3, new { status = "completed" });
        Assert.Equal(site.Clock.UtcNow().AddMinutes(-10), await FinishedAsync(learner, lesson));
        Assert.Equal(1, await site.QueryAsync(db => db.Completions.CountAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Save_SentTwiceOrLate_ChangesNothing()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var launch = await client.OpenPartAsync(lesson);
        await client.SaveAsync(lesson, launch, 2, new { status = "incomplete", location = "hai", session_time = "0000:10:00" });
        var before = await StateAsync(learner);
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await client.SaveAsync(lesson, launch, 2, new { status = "incomplete", location = "hai", session_time = "0000:10:00" });
        var late = await client.SaveAsync(lesson, launch, 1, new { status = "completed", location = "một" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (again.StatusCode, late.StatusCode));
        Assert.Equivalent(before, await StateAsync(learner), strict: true);
        Assert.Null(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Save_AtTheSameMoment_KeepsTheLast()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm2004());
        var launch = await client.OpenPartAsync(lesson);
        await client.GetPageAsync($"{lesson}/package/1");

        await Task.WhenAll(Enumerable.Range(1, 8).Select(sequence => client.SaveAsync(lesson, launch, sequence, new { status = sequence == 8 ? "completed" : "incomplete", location = $"{sequence}" })));

        var state = await StateAsync(learner);
        Assert.Equal((8, "8", ScormStatus.Completed), (state.Sequence, state.Location, state.Status));
        Assert.NotNull(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Save_FromAnEarlierOpening_IsRefused()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var phone = await client.OpenPartAsync(lesson);
        await client.SaveAsync(lesson, phone, 1, new { status = "incomplete", location = "điện thoại" });
        var desk = await client.OpenPartAsync(lesson);
        await client.SaveAsync(lesson, desk, 1, new { status = "incomplete", location = "máy bàn" });

        var refused = await client.SaveAsync(lesson, phone, 2, new { status = "incomplete", location = "điện thoại" });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("mở ở nơi khác", (await refused.ReadJsonAsync()).GetProperty("message").GetString());
        Assert.Equal("máy bàn", (await StateAsync(learner)).Location);
    }

    [Fact]
    public async Task Save_DoneInAnEarlierOpening_FinishesTheLesson()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var phone = await client.OpenPartAsync(lesson);
        var desk = await client.OpenPartAsync(lesson);
        await client.SaveAsync(lesson, desk, 1, new { status = "incomplete", location = "máy bàn" });

        var late = await client.SaveAsync(lesson, phone, 1, new { status = "completed", location = "điện thoại" });

        Assert.True((await late.ReadJsonAsync()).GetProperty("is_finished").GetBoolean());
        Assert.NotNull(await FinishedAsync(learner, lesson));
        Assert.Equal((2, "máy bàn", ScormStatus.Incomplete), ((await StateAsync(learner)).Session, (await StateAsync(learner)).Location, (await StateAsync(learner)).Status));
    }

    public static TheoryData<bool, object> Wrong => new()
    {
        { true, new { status = "mastered" } },
        { true, new { status = "unknown" } },
        { true, new { status = "incomplete", success = "passed" } },
        { true, new { status = "incomplete", session_time = "nhiều lắm" } },
        { true, new { status = "incomplete", session_time = "PT1H" } },
        { true, new { status = "incomplete", score_raw = 1e12 } },
        { true, new { status = "incomplete", score_raw = "tám mươi" } },
        { true, new { status = "incomplete", location = new string('x', 1001) } },
        { true, new { status = "incomplete", suspend_data = new string('x', 64_001) } },
        { false, new { status = "passed" } },
        { false, new { status = "completed", score_scaled = 1.5 } },
        { false, new { status = "completed", session_time = "P1X" } },
        { false, new { status = "completed", session_time = "0001:00:00" } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Save_NotByTheStandard_IsRefused(bool is12, object said)
    {
        var (lesson, learner, client) = await BeginAsync(is12 ? SamplePackages.Scorm12() : SamplePackages.Scorm2004());
        var launch = await client.OpenPartAsync(lesson);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.SaveAsync(lesson, launch, 1, said)).StatusCode);

        Assert.Equal(0, (await StateAsync(learner)).Sequence);
        Assert.Null(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Save_ByOthersOrElsewhere_IsRefused()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var launch = await client.OpenPartAsync(lesson);
        var done = new { status = "completed" };

        // A visitor, somebody who never opened it, and the same person in another lesson, another part, or without the page's token.
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CreateClient().SaveAsync(lesson, launch, 1, done)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await (await site.SignInAsync((await site.LearnerAsync()).User)).SaveAsync(lesson, launch, 1, done)).StatusCode);
        var author = await site.SignInAsync("so.organizer");
        var other = await author.PublishedPackageAsync(SamplePackages.Scorm2004());
        Assert.Equal(HttpStatusCode.Conflict, (await client.SaveAsync(other, launch, 1, done)).StatusCode);
        using var bare = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync($"{lesson}/package/1/save", bare)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{lesson}/package/2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/courses/{CoursesArrange.Safety}/khong-co/package/1")).StatusCode);
        Assert.False(await site.QueryAsync(db => db.ScormStates.AnyAsync(state => state.DoneUtc != null && state.PersonId == learner.PersonId)));
        Assert.Null(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Parts_AllDone_FinishTheLesson()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.WithParts());
        var first = await client.OpenPartAsync(lesson, 1);
        await client.SaveAsync(lesson, first, 1, new { status = "completed" }, 1);
        // It says nothing of itself, so seeing it is enough; and nothing can be said in its name.
        var third = await client.OpenPartAsync(lesson, 3);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SaveAsync(lesson, third, 1, new { status = "completed" }, 3)).StatusCode);
        var second = await client.OpenPartAsync(lesson, 2);
        await client.SaveAsync(lesson, second, 1, new { status = "failed", score_raw = 3 }, 2);
        Assert.Null(await FinishedAsync(learner, lesson));
        var page = await client.GetPageAsync(lesson);
        Assert.Equal(["Xong", "Chưa đạt", "Xong"], page.QuerySelectorAll("section[aria-labelledby=package] .state").Select(state => state.TextContent.Trim()));
        Assert.EndsWith("/package/2", page.QuerySelector("section[aria-labelledby=package] .btn-primary")!.GetAttribute("href"));

        await client.SaveAsync(lesson, second, 2, new { status = "passed", score_raw = 9 }, 2);

        Assert.NotNull(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Lesson_WithAPackage_IsNotFinishedByAButton()
    {
        var (lesson, learner, client) = await BeginAsync(SamplePackages.Scorm12());
        var page = await client.GetPageAsync($"{lesson}/package/1");
        Assert.Null((await client.GetPageAsync(lesson)).QuerySelector(".lesson-nav form"));

        await client.PostFormFromAsync(page, lesson, []);

        Assert.Null(await FinishedAsync(learner, lesson));
    }

    [Fact]
    public async Task Package_Replaced_BeginsAnewAndKeepsWhatWasFinished()
    {
        var author = await site.SignInAsync("so.organizer");
        var lesson = await author.PublishedPackageAsync(SamplePackages.Scorm12("Bản một"));
        var course = lesson.Split('/')[2];
        var (middle, done) = (await site.LearnerAsync(), await site.LearnerAsync());
        var (reader, finisher) = (await site.SignInAsync(middle.User), await site.SignInAsync(done.User));
        var open = await reader.OpenPartAsync(lesson);
        await reader.SaveAsync(lesson, open, 1, new { status = "incomplete", location = "giữa chừng" });
        await finisher.SaveAsync(lesson, await finisher.OpenPartAsync(lesson), 1, new { status = "completed" });

        var slug = lesson.Split('/')[^1];
        await author.SendPackageAsync($"/courses/edit/{course}/lessons/{slug}/package", SamplePackages.Scorm12("Bản hai"));
        Assert.Equal("giữa chừng", (await reader.OpenPartAsync(lesson)).GetProperty("location").GetString());
        open = await reader.OpenPartAsync(lesson);
        Assert.Contains("SCORM", (await author.GetPageAsync($"/courses/edit/{course}/changes")).Words());
        await author.PublishAsync(course);

        var anew = await reader.OpenPartAsync(lesson);
        Assert.NotEqual(open.GetProperty("package").GetString(), anew.GetProperty("package").GetString());
        Assert.Equal("", anew.GetProperty("location").GetString());
        Assert.NotNull(await FinishedAsync(done, lesson));
        // Whoever was in the earlier package at that moment may end it.
        Assert.Equal(HttpStatusCode.OK, (await reader.SaveAsync(lesson, open, 2, new { status = "completed" })).StatusCode);
        Assert.NotNull(await FinishedAsync(middle, lesson));

        // The earlier version comes back with its package, and with what that remembered.
        await author.PostFormAsync($"/courses/edit/{course}/versions/1/restore", [], page: $"/courses/edit/{course}/versions/1");
        await author.PublishAsync(course);
        Assert.Equal(open.GetProperty("package").GetString(), (await reader.OpenPartAsync(lesson)).GetProperty("package").GetString());
    }

    [Fact]
    public async Task Lessons_Finished_AreOneOfTheConditions()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync(new() { ["Form.AttendanceRequired"] = "true" });
        await author.PostFormAsync($"/courses/edit/{course}/lessons/new", EditorTests.Lesson("0", "Một"));
        var package = await author.AddPackageAsync(course, SamplePackages.Scorm2004());
        await author.PublishAsync(course);
        var (early, late) = (await site.LearnerAsync(), await site.LearnerAsync());
        foreach (var learner in new[] { early, late })
        {
            var client = await site.SignInAsync(learner.User);
            await client.PostFormAsync($"/courses/{course}/bai", []);
            Assert.Equal(0, await ValidAsync(learner));
            if (learner == late)
            {
                await AttendAsync(course, learner);
                Assert.Equal(0, await ValidAsync(learner));
            }

            await client.SaveAsync($"/courses/{course}/{package}", await client.OpenPartAsync($"/courses/{course}/{package}"), 1, new { status = "completed", success = "unknown" });
            Assert.Equal(learner == late ? 1 : 0, await ValidAsync(learner));
            await AttendAsync(course, learner);
            Assert.Equal(1, await ValidAsync(learner));
        }

        // A lesson more must be learned too, and can be written down from paper.
        var form = EditorTests.Lesson("0", "Hai");
        (form["Form.Title"], form["Form.Slug"]) = ("Bài thêm", "bai-them");
        await author.PostFormAsync($"/courses/edit/{course}/lessons/new", form);
        await author.PublishAsync(course);
        Assert.Equal(0, await ValidAsync(early));
        var leader = await site.SignInAsync("to.truong");
        var lessons = await site.QueryAsync(db => db.Lessons.Where(row => row.Course.Slug == course).Select(row => row.Id).ToListAsync());
        await leader.WriteLearningAsync($"/people/{early.Code}/learning/{course}", form => form.Tick("lesson", lessons));
        Assert.Equal(1, await ValidAsync(early));

        Task<int> ValidAsync(Learner learner) => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course));
    }

    [Fact]
    public async Task LastLessons_FinishedAtTheSameMoment_CompleteTheCourse()
    {
        var author = await site.SignInAsync("so.organizer");
        var course = await author.DraftAsync();
        foreach (var number in Enumerable.Range(1, 4))
        {
            var form = EditorTests.Lesson("0", "Chữ");
            (form["Form.Title"], form["Form.Slug"]) = ($"Bài {number}", $"bai-{number}");
            await author.PostFormAsync($"/courses/edit/{course}/lessons/new", form);
        }

        await author.PublishAsync(course);
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var page = await client.GetPageAsync($"/courses/{course}/bai-1");

        await Task.WhenAll(Enumerable.Range(1, 4).Select(number => client.PostFormFromAsync(page, $"/courses/{course}/bai-{number}", [])));

        Assert.Equal(1, await site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == learner.PersonId)));
    }

    private async Task<(string Lesson, Learner Learner, HttpClient Client)> BeginAsync(byte[] zip)
    {
        var lesson = await (await site.SignInAsync("so.organizer")).PublishedPackageAsync(zip);
        var learner = await site.LearnerAsync();
        return (lesson, learner, await site.SignInAsync(learner.User));
    }

    private Task<ScormState> StateAsync(Learner learner) => site.QueryAsync(db => db.ScormStates.AsNoTracking().SingleAsync(state => state.PersonId == learner.PersonId));

    private Task<DateTime?> FinishedAsync(Learner learner, string lesson)
    {
        var (course, slug) = (lesson.Split('/')[2], lesson.Split('/')[^1]);
        return site.QueryAsync(db => db.LessonProgress.Where(row => row.PersonId == learner.PersonId && row.Lesson.Slug == slug && row.Lesson.Course.Slug == course).Select(row => row.FinishedUtc).SingleOrDefaultAsync());
    }

    /// <summary>As check-in tells it, past the change tracker.</summary>
    private Task<int> AttendAsync(string course, Learner learner) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var topic = await db.Courses.Where(row => row.Slug == course).Select(row => row.TopicCode).SingleAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await services.GetRequiredService<CompletionService>().WriteAttendanceAsync([new(Guid.CreateVersion7(), "TH-1", learner.PersonId, new(2026, 11, 20), [topic], 100, 100)], CancellationToken.None);
        await transaction.CommitAsync();
        return 0;
    });
}

public sealed class SqliteScormStateTests(SqliteSite site) : ScormStateTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlScormStateTests(PostgreSqlSite site) : ScormStateTests(site), IClassFixture<PostgreSqlSite>;
