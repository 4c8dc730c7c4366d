using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Offline;
using TrainingSite.Courses.Services;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What is told late, or by two in one moment, counts as if it had been told in order.</summary>
public abstract class LateFactsTests(SiteFixture site)
{
    [Fact]
    public async Task Lessons_FinishedInOneBatch_CompleteACourseThatAsksForThem()
    {
        var (course, lessons) = await LessonsOnlyAsync();
        var phone = await site.PhoneAsync();
        await phone.SendAsync(phone.Item("open", lessons[0], minutes: -9), phone.Item("open", lessons[1], minutes: -8));

        await phone.SendAsync(phone.Item("finish", lessons[0], minutes: -5), phone.Item("finish", lessons[1], minutes: -4));

        Assert.Equal(1, await site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == phone.Learner.PersonId && row.CourseId == course)));
    }

    [Fact]
    public async Task Quiz_BegunBeforeItsPaperWasMade_CountsTowardsTheTries()
    {
        var slug = await site.AskAsync(course => (course.ValidMonths, course.MaxAttempts) = (6, 1), QuestionType.OneAnswer);
        var phone = await site.PhoneAsync();
        var item = await phone.QuizAsync(site, slug, right: 0);
        item["started"] = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

        await phone.SendAsync(item);

        Assert.DoesNotContain("data-paper=", await phone.PapersTextAsync(slug));
        Assert.Equal(site.Clock.UtcNow(), await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == phone.Learner.PersonId).Select(row => row.StartedUtc).SingleAsync()));
    }

    [Fact]
    public async Task Quiz_HandedInLate_IsToldToAStoreThatHasReadFurther()
    {
        var phone = await site.PhoneAsync();
        await phone.SendAsync(await phone.QuizAsync(site, CoursesArrange.Safety, right: 0, minutes: -60 * 26));

        var since = site.Clock.UtcNow().AddMinutes(-1).ToString("O");
        var told = (await (await site.ApiAsync("to.truong")).GetJsonAsync($"/api/v1/xapi/statements?since={Uri.EscapeDataString(since)}")).GetProperty("statements").EnumerateArray();

        Assert.Contains(told, statement => statement.GetProperty("actor").GetProperty("account").GetProperty("name").GetString() == phone.Learner.Code);
    }

    [Fact]
    public async Task Quiz_PassedByItsTime_LetsTheNextStartBeginAtOnce()
    {
        var slug = await site.AskAsync(course => (course.ValidMonths, course.MaxAttempts, course.TimeLimitMinutes, course.PassPercent) = (6, 1, 5, 50), QuestionType.OneAnswer, QuestionType.TrueFalse);
        var learner = await site.LearnerAsync();
        var client = await site.SignInAsync(learner.User);
        var first = await client.StartQuizAsync(slug);
        await client.AnswerAsync(site, learner, first, right: true);
        site.Clock.Advance(TimeSpan.FromMinutes(30));

        var second = await client.StartQuizAsync(slug);

        Assert.EndsWith("/quiz/2/1", second, StringComparison.Ordinal);
        Assert.NotNull(await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId && row.Number == 1).Select(row => row.RecordedUtc).SingleAsync()));
    }

    [Fact]
    public async Task Papers_FetchedByEverNewDevices_EndForTheDay()
    {
        var learner = await site.PhoneAsync();
        for (var number = 0; number < 8; number++)
        {
            await new LearningPhone(learner.Learner, learner.UserId, learner.Client, site.Clock).PapersTextAsync(CoursesArrange.Safety);
        }

        Assert.Contains("Hôm nay bạn đã tải đề này trên nhiều máy", WebUtility.HtmlDecode(await new LearningPhone(learner.Learner, learner.UserId, learner.Client, site.Clock).PapersTextAsync(CoursesArrange.Safety)));
        Assert.Equal(16, await site.QueryAsync(db => db.QuizPapers.CountAsync(row => row.PersonId == learner.Learner.PersonId)));
    }

    [Fact]
    public async Task Anchor_ThatNoDatabaseTakes_IsRefusedAlone()
    {
        var lesson = (await site.LessonsAsync(CoursesArrange.Safety))[0];
        var phone = await site.PhoneAsync();

        var answer = await phone.SendAsync(phone.Item("position", lesson, anchor: "a\0b"), phone.Item("open", lesson));

        Assert.Equal(["recorded", "rejected"], answer.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("outcome").GetString()).Order());
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Client.PostFormAsync($"/courses/{CoursesArrange.Safety}/nhan-ra-tro-lua/position", new() { ["anchor"] = new('a', 101) }, page: $"/courses/{CoursesArrange.Safety}")).StatusCode);
    }

    [Fact]
    public async Task Forgetting_TakesWhatNothingCanRepeatAnyMore()
    {
        var phone = await site.PhoneAsync();
        await phone.SendAsync(await phone.QuizAsync(site, CoursesArrange.Safety, right: 0));
        var day = site.Clock.UtcNow();
        await site.QueryAsync(db => db.LearningEvents.Where(row => row.PersonId == phone.Learner.PersonId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReceivedUtc, day.AddDays(-181))));
        await site.QueryAsync(db => db.QuizPapers.Where(row => row.PersonId == phone.Learner.PersonId && row.AttemptId != null).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedUtc, day.AddDays(-181))));

        await site.WithAsync(async services =>
        {
            await ActivatorUtilities.CreateInstance<ForgetLearningTask>(services).ExecuteAsync(TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.Equal((0, 1), await site.QueryAsync(async db => (await db.LearningEvents.CountAsync(row => row.PersonId == phone.Learner.PersonId), await db.QuizPapers.CountAsync(row => row.PersonId == phone.Learner.PersonId))));
        Assert.Equal(1, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == phone.Learner.PersonId)));
    }

    [Fact]
    public async Task Skills_LastTwoConfirmedInOneMoment_CompleteTheCourse()
    {
        var slug = await site.AskAsync(course => (course.QuizRequired, course.AttendanceRequired, course.SkillsRequired, course.CompletionMode) = (false, false, true, CompletionMode.All), QuestionType.OneAnswer);
        var skills = await site.QueryAsync(async db =>
        {
            var course = await db.Courses.SingleAsync(row => row.Slug == slug);
            Skill[] rows = [new() { CourseId = course.Id, Code = "A", Text = "Một", Position = 1 }, new() { CourseId = course.Id, Code = "B", Text = "Hai", Position = 2 }];
            db.Skills.AddRange(rows);
            await db.SaveChangesAsync();
            return rows.Select(row => row.Id).ToList();
        });
        for (var turn = 0; turn < 5; turn++)
        {
            var learner = await site.LearnerAsync();

            await Task.WhenAll(skills.Select(skill => site.WithAsync(async services =>
            {
                var course = await services.GetRequiredService<SiteDbContext>().Courses.AsNoTracking().SingleAsync(row => row.Slug == slug);
                await services.GetRequiredService<MemberLearningWriter>().WriteAsync(learner.PersonId, course, new() { Skills = [skill] }, TestContext.Current.CancellationToken);
                return 0;
            })));

            Assert.Equal(1, await site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == learner.PersonId)));
        }
    }

    [Fact]
    public async Task Course_CopiedTwiceInOneMoment_BecomesTwo()
    {
        var slug = await site.AskAsync(QuestionType.OneAnswer);

        var copies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => site.WithAsync(async services =>
        {
            var course = await services.GetRequiredService<SiteDbContext>().Courses.AsNoTracking().SingleAsync(row => row.Slug == slug);
            return (await services.GetRequiredService<WorkingCopies>().DuplicateAsync(course, "Bản sao", TestContext.Current.CancellationToken)).Slug;
        })));

        Assert.Equal(3, copies.Distinct().Count());
    }

    [Fact]
    public async Task Course_OfLessonsOnly_TakesNoEnd()
    {
        var author = await site.SignInAsync("so.organizer");
        var form = new Dictionary<string, string?>(EditorTests.Course("Chỉ học bài")) { ["Form.QuizRequired"] = "false", ["Form.AttendanceRequired"] = "false", ["Form.LessonsRequired"] = "true", ["Form.ValidMonths"] = "6" };

        var page = await (await author.PostFormAsync("/courses/edit/new", form)).ReadPageAsync();

        Assert.Contains("không gia hạn được", page.Words());
        Assert.Equal(HttpStatusCode.Redirect, (await author.PostFormAsync("/courses/edit/new", new(form) { ["Form.ValidMonths"] = "" })).StatusCode);
    }

    /// <summary>A course that asks for its two lessons and nothing else.</summary>
    private Task<(Guid Course, Guid[] Lessons)> LessonsOnlyAsync() => site.QueryAsync(async db =>
    {
        var slug = $"hai-bai-{Guid.NewGuid():N}";
        var course = new Course { Slug = slug, TopicCode = "T7", Title = "Hai bài", State = CourseState.Published, QuizRequired = false, AttendanceRequired = false, LessonsRequired = true, UpdatedUtc = site.Clock.UtcNow() };
        Lesson[] lessons = [new() { CourseId = course.Id, Slug = "mot", Title = "Một", Position = 1, Minutes = 2 }, new() { CourseId = course.Id, Slug = "hai", Title = "Hai", Position = 2, Minutes = 2 }];
        db.Courses.Add(course);
        db.Lessons.AddRange(lessons);
        await db.SaveChangesAsync();
        return (course.Id, lessons.Select(lesson => lesson.Id).ToArray());
    });
}

public sealed class SqliteLateFactsTests(SqliteSite site) : LateFactsTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlLateFactsTests(PostgreSqlSite site) : LateFactsTests(site), IClassFixture<PostgreSqlSite>;
