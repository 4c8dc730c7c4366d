using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>What a leader writes of a member in a course: one form, results and lessons on paper, which count for completions.</summary>
public abstract class MemberLearningTests(SiteFixture site)
{
    [Fact]
    public async Task Learning_TickedAndTypedInEveryPart_IsSavedTogether()
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var (skills, lessons) = (await site.SkillsAsync(course), await site.LessonsAsync(course));

        var form = Assert.IsAssignableFrom<IHtmlFormElement>((await leader.GetPageAsync($"/people/{learner.Code}/learning/{course}")).QuerySelector("[id^=skill-]")!.Closest("form"));
        form.Tick("skill", skills[1]);
        form.Tick("lesson", lessons);
        form.TypeResult("2026-11-20", "9", "10");
        Assert.Equal(HttpStatusCode.Redirect, (await leader.SubmitAsync(form)).StatusCode);

        var page = await leader.GetPageAsync($"/people/{learner.Code}/learning/{course}");
        Assert.Contains("đúng 9 trong 10 câu", page.QuerySelector("#toasts")!.TextContent);
        Assert.Equal([.. new[] { skills[1] }, .. lessons], page.QuerySelectorAll<IHtmlInputElement>("[id^=skill-], [id^=lesson-]").Where(box => box.IsChecked).Select(box => Guid.Parse(box.Value)));
        Assert.Equal(90, await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Percent).SingleAsync()));
    }

    [Theory]
    [InlineData("2026-11-20", "11", "10")]
    [InlineData("2026-11-20", "chín", "10")]
    [InlineData("2026-11-20", "", "12")]
    [InlineData("2026-11-23", "9", "10")]
    [InlineData("", "9", "10")]
    public async Task Learning_Refused_KeepsAllThatWasTickedAndTypedAndSavesNothing(string day, string correct, string total)
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var form = (await leader.GetPageAsync($"/people/{learner.Code}/learning/{course}")).LearningForm();
        form.Tick("skill", await site.SkillsAsync(course));
        form.Tick("lesson", await site.LessonsAsync(course));
        form.TypeResult(day, correct, total);

        var page = await (await leader.SubmitAsync(form)).ReadPageAsync();

        Assert.All(page.QuerySelectorAll<IHtmlAnchorElement>(".error-summary a"), link => Assert.NotNull(page.QuerySelector(link.Hash)));
        Assert.NotNull(page.QuerySelector(".error-summary a"));
        Assert.All(page.QuerySelectorAll<IHtmlInputElement>("[id^=skill-], [id^=lesson-]"), box => Assert.True(box.IsChecked));
        Assert.Equal([day, correct, total], new[] { "Day", "Correct", "Total" }.Select(field => page.QuerySelector<IHtmlInputElement>($"[name$='.{field}']")!.Value));
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(row => row.PersonId == learner.PersonId)));
        Assert.False(await site.QueryAsync(db => db.SkillMasteries.AnyAsync(row => row.PersonId == learner.PersonId)));
        Assert.False(await site.QueryAsync(db => db.LessonProgress.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task PaperQuiz_ShorterThanTheCoursesQuiz_IsRefused()
    {
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{CoursesArrange.Safety}";
        var form = (await leader.GetPageAsync(address)).LearningForm();
        form.TypeResult("2026-11-20", "1", "1");

        var page = await (await leader.SubmitAsync(form)).ReadPageAsync();

        Assert.Contains("Bài kiểm tra của khóa này có 3 câu", page.QuerySelector(".field-validation-error")!.TextContent);
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task PaperQuiz_NotTouched_KeepsWhoWroteIt()
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var address = $"/people/{learner.Code}/learning/{course}";
        await (await site.SignInAsync("to.truong")).WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        var written = await RecordedByAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var skills = await site.SkillsAsync(course);

        await coordinator.WriteLearningAsync(address, form => form.Tick("skill", skills));

        Assert.Equal(written, await RecordedByAsync());

        Task<string?> RecordedByAsync() => site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.RecordedBy).SingleAsync());
    }

    [Fact]
    public async Task PaperQuiz_TakenBackByAnotherMeanwhile_IsOfferedAsANewOne()
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var address = $"/people/{learner.Code}/learning/{course}";
        var (leader, coordinator) = (await site.SignInAsync("to.truong"), await site.SignInAsync("xa.coordinator"));
        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        var id = await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Id).SingleAsync());
        var form = (await leader.GetPageAsync(address)).LearningForm();
        form.TypeResult("2026-11-20", "8", "10", of: id);
        form.Tick("skill", await site.SkillsAsync(course));
        await coordinator.WriteLearningAsync(address, theirs => theirs.QuerySelector<IHtmlInputElement>("input[type=checkbox][name$=IsRemoved]")!.IsChecked = true);

        var refused = await leader.SubmitAsync(form);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await leader.SubmitAsync((await refused.ReadPageAsync()).LearningForm())).StatusCode);

        Assert.Equal(80, await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Percent).SingleAsync()));
        Assert.Equal(2, await site.QueryAsync(db => db.SkillMasteries.CountAsync(row => row.PersonId == learner.PersonId && row.ConfirmedUtc != null)));
    }

    [Fact]
    public async Task PaperQuiz_WrittenCorrectedAndTakenBack_CountsAccordingly()
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        Assert.Equal(1, await site.ValidAsync(course, learner));
        var attempt = await site.QueryAsync(db => db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));
        Assert.Equal((AttemptState.Passed, 90, site.Clock.UtcNow()), (attempt.State, attempt.Percent, attempt.RecordedUtc));
        Assert.Contains($"Làm trên giấy ngày 20/11/2026, {attempt.RecordedBy} ghi ngày 22/11/2026", (await leader.GetPageAsync(address)).Words());
        Assert.Contains("Bạn đúng 9 trong 10 câu", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}/quiz/1")).Words());

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "7", "10", of: attempt.Id));
        Assert.Equal(0, await site.ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "8", "10", of: attempt.Id));
        Assert.Equal(1, await site.ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.QuerySelector<IHtmlInputElement>("input[type=checkbox][name$=IsRemoved]")!.IsChecked = true);
        Assert.Equal(0, await site.ValidAsync(course, learner));
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task PaperQuiz_CorrectedAfterTheCourseAskedForMore_KeepsWhatPassedThen()
    {
        var course = await site.SkillCourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";
        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        await site.QueryAsync(db => db.Courses.Where(row => row.Slug == course).ExecuteUpdateAsync(set => set.SetProperty(row => row.PassPercent, 95)));
        var id = await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Id).SingleAsync());

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "8", "10", of: id));

        var attempt = await site.QueryAsync(db => db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));
        Assert.Equal((AttemptState.Passed, 80), (attempt.State, attempt.PassPercent));
    }

    [Fact]
    public async Task PaperQuiz_TakesNoAttemptAway_AndTheMembersOwnStay()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        await own.TakeQuizAsync(site, learner, CoursesArrange.Safety, right: 0);
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{CoursesArrange.Safety}";
        var first = await site.QueryAsync(db => db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "0", "3"));
        await leader.PostFormAsync(address, new() { ["Form.Results[0].Id"] = first.Id.ToString(), ["Form.Results[0].IsRemoved"] = "true" });
        var second = await own.StartQuizAsync(CoursesArrange.Safety);

        Assert.EndsWith("/3/1", second, StringComparison.Ordinal);
        Assert.Equal(3, await site.QueryAsync(db => db.QuizAttempts.CountAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task PaperLessons_WrittenDown_FinishThemAndLeaveTheMembersOwn()
    {
        var learner = await site.LearnerAsync();
        var lessons = await site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == CoursesArrange.Safety).OrderBy(lesson => lesson.Position).Select(lesson => lesson.Id).ToListAsync());
        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<ProgressService>().FinishAsync(learner.PersonId, lessons[0], TestContext.Current.CancellationToken);
            return 0;
        });
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{CoursesArrange.Safety}";

        await leader.WriteLearningAsync(address, form => form.Tick("lesson", lessons));
        Assert.Equal(lessons.Count, await FinishedAsync());
        await leader.WriteLearningAsync(address, form => form.Tick("lesson"));
        Assert.Equal(1, await FinishedAsync());

        Task<int> FinishedAsync() => site.QueryAsync(db => db.LessonProgress.CountAsync(row => row.PersonId == learner.PersonId && row.FinishedUtc != null));
    }

    [Fact]
    public async Task PaperLessons_TakenBack_LeaveWhatTheMemberRead()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var lessons = await site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == CoursesArrange.Safety).OrderBy(lesson => lesson.Position).Select(lesson => new { lesson.Id, lesson.Slug }).ToListAsync());
        await own.PostFormAsync($"/courses/{CoursesArrange.Safety}/{lessons[0].Slug}/position", new() { ["anchor"] = "gap-thi-lam-gi" }, page: $"/courses/{CoursesArrange.Safety}/{lessons[0].Slug}");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{CoursesArrange.Safety}";
        await leader.WriteLearningAsync(address, form => form.Tick("lesson", lessons.Select(lesson => lesson.Id)));
        var opened = (await leader.GetPageAsync(address)).LearningForm();
        site.Clock.Advance(TimeSpan.FromMinutes(1));

        await own.PostFormAsync($"/courses/{CoursesArrange.Safety}/{lessons[1].Slug}", []);
        opened.Tick("lesson");
        await leader.SubmitAsync(opened);

        var rows = await site.QueryAsync(db => db.LessonProgress.AsNoTracking().Where(row => row.PersonId == learner.PersonId).ToDictionaryAsync(row => row.LessonId));
        Assert.Equal("gap-thi-lam-gi", rows[lessons[0].Id].Anchor);
        Assert.Null(rows[lessons[0].Id].FinishedUtc);
        Assert.Null(rows[lessons[0].Id].RecordedBy);
        Assert.NotNull(rows[lessons[1].Id].FinishedUtc);
        Assert.Null(rows[lessons[1].Id].RecordedBy);
    }

    [Fact]
    public async Task Learning_OfOthersOrOneself_IsNotTheLeadersToWrite()
    {
        var elsewhere = await site.LearnerAsync(await site.QueryAsync(db => db.Teams.Where(team => !team.Unit.Path.Contains("/03646/")).OrderBy(team => team.Code).Select(team => team.Code).FirstAsync()));
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        foreach (var code in new[] { elsewhere.Code, "SL-000209" })
        {
            await leader.GetPageAsync($"/people/{code}/learning", HttpStatusCode.NotFound);
            var address = $"/people/{code}/learning/{CoursesArrange.Safety}";
            var refused = await leader.PostFormAsync(address, new() { ["Form.Results[0].Day"] = "2026-11-20", ["Form.Results[0].Correct"] = "3", ["Form.Results[0].Total"] = "3" }, page: $"/people/{learner.Code}/learning/{CoursesArrange.Safety}");
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }

        var member = await (await site.SignInAsync(learner.User)).GetAsync("/people/SL-000210/learning");
        Assert.Contains(member.StatusCode, new[] { HttpStatusCode.Forbidden, HttpStatusCode.Redirect });
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(row => row.PersonId == elsewhere.PersonId)));
    }
}

public sealed class SqliteMemberLearningTests(SqliteSite site) : MemberLearningTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMemberLearningTests(PostgreSqlSite site) : MemberLearningTests(site), IClassFixture<PostgreSqlSite>;
