using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Skills are marked by members and confirmed by leaders; leaders write down what was done on paper. Both count for completions.</summary>
public abstract class MasteryTests(SiteFixture site)
{
    [Fact]
    public async Task Skills_MarkedThenConfirmed_CompleteACourseThatAsksForThem()
    {
        var course = await CourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var skills = await SkillsAsync(course);

        await PostAsync(own, $"/courses/{course}", $"/courses/{course}/skills", skills.Select(skill => ("skill", skill.ToString())));
        Assert.All((await own.GetPageAsync($"/courses/{course}")).QuerySelectorAll<IHtmlInputElement>("input[name=skill]"), box => Assert.True(box.IsChecked));
        Assert.Equal(0, await ValidAsync(course, learner));

        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";
        Assert.Contains("Xác nhận kỹ năng, ghi kết quả trên giấy", (await leader.GetPageAsync($"/people/{learner.Code}")).Words());
        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));
        Assert.Equal(0, await ValidAsync(course, learner));
        Assert.DoesNotContain($"Lò Thị {learner.Code}", await GuidesAsync(leader));

        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
        var fact = Assert.Single((await site.QueryAsync(db => db.Completions.AsNoTracking().NotRevoked().SingleAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course))).ReadBasis());
        Assert.Equal(CompletionFactKind.Skills, fact.Kind);
        Assert.Contains("Đủ kỹ năng của khóa học ngày 22/11/2026", (await own.GetPageAsync($"/courses/{course}")).Words());
        Assert.Contains($"Lò Thị {learner.Code}", await GuidesAsync(leader));

        await leader.WriteLearningAsync(address, form => form.Tick("skill"));
        Assert.Equal(0, await ValidAsync(course, learner));
        Assert.DoesNotContain($"Lò Thị {learner.Code}", await GuidesAsync(leader));
    }

    [Fact]
    public async Task Skills_ConfirmedByAnotherMeanwhile_StayConfirmed()
    {
        var course = await CourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var skills = await SkillsAsync(course);
        var (leader, coordinator) = (await site.SignInAsync("to.truong"), await site.SignInAsync("xa.coordinator"));
        var address = $"/people/{learner.Code}/learning/{course}";
        var opened = (await leader.GetPageAsync(address)).LearningForm();

        await coordinator.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));
        opened.Tick("skill", skills[1]);
        await leader.SubmitAsync(opened);
        Assert.Equal(1, await ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));

        var confirmed = Assert.Single(await site.QueryAsync(db => db.SkillMasteries.AsNoTracking().Where(row => row.PersonId == learner.PersonId && row.ConfirmedUtc != null).ToListAsync()));
        Assert.Equal(skills[0], confirmed.SkillId);
        Assert.Equal(0, await ValidAsync(course, learner));
    }

    [Fact]
    public async Task Skills_ConfirmationTakenBack_LeavesTheMembersOwnMark()
    {
        var course = await CourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var skills = await SkillsAsync(course);
        var (leader, own) = (await site.SignInAsync("to.truong"), await site.SignInAsync(learner.User));
        var address = $"/people/{learner.Code}/learning/{course}";
        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
        var opened = (await leader.GetPageAsync(address)).LearningForm();

        await PostAsync(own, $"/courses/{course}", $"/courses/{course}/skills", [("skill", skills[0].ToString())]);
        opened.Tick("skill");
        await leader.SubmitAsync(opened);

        var rows = await site.QueryAsync(db => db.SkillMasteries.AsNoTracking().Where(row => row.PersonId == learner.PersonId).ToListAsync());
        Assert.All(rows, row => Assert.True(row.ConfirmedUtc is null && row.ConfirmedBy is null));
        Assert.Equal(skills[0], Assert.Single(rows, row => row.MarkedUtc is not null).SkillId);
    }

    [Fact]
    public async Task Skills_TakenBackWhileTheMemberMarks_LosesNoWord()
    {
        var course = await CourseAsync(skillsRequired: true);
        var skill = (await SkillsAsync(course))[0];
        var learners = new List<Learner>();
        for (var number = 0; number < 6; number++)
        {
            learners.Add(await site.LearnerAsync());
            await ConfirmAsync(learners[^1], new() { Skills = [skill] });
        }

        // The leader takes the word back in the moment in which the member gives theirs.
        await Task.WhenAll(learners.SelectMany(learner => new[]
        {
            ConfirmAsync(learner, new() { ShownSkills = [skill] }),
            WriteAsync((services, row) => services.GetRequiredService<MasteryService>().MarkAsync(learner.PersonId, row, new([skill], []), TestContext.Current.CancellationToken)),
        }));

        foreach (var learner in learners)
        {
            var said = await site.QueryAsync(db => db.SkillMasteries.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));
            Assert.Equal(site.Clock.UtcNow(), said.MarkedUtc);
            Assert.Null(said.ConfirmedUtc);
        }

        Task<int> ConfirmAsync(Learner learner, MemberLearningForm form) => WriteAsync((services, row) => services.GetRequiredService<MemberLearningWriter>().WriteAsync(learner.PersonId, row, form, TestContext.Current.CancellationToken));

        Task<int> WriteAsync(Func<IServiceProvider, Course, Task> write) => site.WithAsync(async services =>
        {
            await write(services, await services.GetRequiredService<SiteDbContext>().Courses.AsNoTracking().SingleAsync(row => row.Slug == course));
            return 0;
        });
    }

    [Fact]
    public async Task Skills_ShownInTheQuiz_NeedNoLeader()
    {
        var course = await CourseAsync(skillsRequired: true, quizProves: true, mode: CompletionMode.All, attendance: true);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);
        Assert.Equal(0, await ValidAsync(course, learner));

        await AttendAsync(course, learner);

        Assert.Equal(1, await ValidAsync(course, learner));
        Assert.Contains($"Lò Thị {learner.Code}", await GuidesAsync(await site.SignInAsync("to.truong")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attendance_OfACourseThatAsksForSkills_WaitsForThem(bool confirmedFirst)
    {
        var course = await CourseAsync(skillsRequired: true, mode: CompletionMode.All, attendance: true, quiz: false);
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";
        var skills = await SkillsAsync(course);
        if (confirmedFirst)
        {
            await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
            Assert.Equal(0, await ValidAsync(course, learner));
            await AttendAsync(course, learner);
        }
        else
        {
            await AttendAsync(course, learner);
            Assert.Equal(0, await ValidAsync(course, learner));
            await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
        }

        Assert.Equal(1, await ValidAsync(course, learner));
    }

    [Fact]
    public async Task Learning_TickedAndTypedInEveryPart_IsSavedTogether()
    {
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var (skills, lessons) = (await SkillsAsync(course), await LessonsAsync(course));

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
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var form = (await leader.GetPageAsync($"/people/{learner.Code}/learning/{course}")).LearningForm();
        form.Tick("skill", await SkillsAsync(course));
        form.Tick("lesson", await LessonsAsync(course));
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
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        var address = $"/people/{learner.Code}/learning/{course}";
        await (await site.SignInAsync("to.truong")).WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        var written = await RecordedByAsync();
        var coordinator = await site.SignInAsync("xa.coordinator");
        var skills = await SkillsAsync(course);

        await coordinator.WriteLearningAsync(address, form => form.Tick("skill", skills));

        Assert.Equal(written, await RecordedByAsync());

        Task<string?> RecordedByAsync() => site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.RecordedBy).SingleAsync());
    }

    [Fact]
    public async Task PaperQuiz_TakenBackByAnotherMeanwhile_IsOfferedAsANewOne()
    {
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        var address = $"/people/{learner.Code}/learning/{course}";
        var (leader, coordinator) = (await site.SignInAsync("to.truong"), await site.SignInAsync("xa.coordinator"));
        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        var id = await site.QueryAsync(db => db.QuizAttempts.Where(row => row.PersonId == learner.PersonId).Select(row => row.Id).SingleAsync());
        var form = (await leader.GetPageAsync(address)).LearningForm();
        form.TypeResult("2026-11-20", "8", "10", of: id);
        form.Tick("skill", await SkillsAsync(course));
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
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "9", "10"));
        Assert.Equal(1, await ValidAsync(course, learner));
        var attempt = await site.QueryAsync(db => db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId));
        Assert.Equal((AttemptState.Passed, 90, site.Clock.UtcNow()), (attempt.State, attempt.Percent, attempt.RecordedUtc));
        Assert.Contains($"Làm trên giấy ngày 20/11/2026, {attempt.RecordedBy} ghi ngày 22/11/2026", (await leader.GetPageAsync(address)).Words());
        Assert.Contains("Bạn đúng 9 trong 10 câu", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}/quiz/1")).Words());

        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "7", "10", of: attempt.Id));
        Assert.Equal(0, await ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.TypeResult("2026-11-20", "8", "10", of: attempt.Id));
        Assert.Equal(1, await ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.QuerySelector<IHtmlInputElement>("input[type=checkbox][name$=IsRemoved]")!.IsChecked = true);
        Assert.Equal(0, await ValidAsync(course, learner));
        Assert.False(await site.QueryAsync(db => db.QuizAttempts.AnyAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task PaperQuiz_CorrectedAfterTheCourseAskedForMore_KeepsWhatPassedThen()
    {
        var course = await CourseAsync();
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

    /// <summary>A course on a topic of its own, with two skills.</summary>
    private Task<string> CourseAsync(bool skillsRequired = false, bool quizProves = false, CompletionMode mode = CompletionMode.Any, bool attendance = false, bool quiz = true) => site.QueryAsync(async db =>
    {
        var topic = $"K{Guid.NewGuid():N}"[..10];
        var course = new Course
        {
            Slug = topic.ToLowerInvariant(), TopicCode = topic, Title = "Khóa có kỹ năng", State = CourseState.Published, CompletionMode = mode, QuizRequired = quiz, AttendanceRequired = attendance,
            SkillsRequired = skillsRequired, QuizProvesSkills = quizProves, UpdatedUtc = site.Clock.UtcNow(),
        };
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        db.Lessons.Add(new() { CourseId = course.Id, Slug = "bai", Title = "Bài", Position = 1, Minutes = 4 });
        db.Skills.Add(new() { CourseId = course.Id, Code = "1", Text = "Làm được một việc", Position = 1 });
        db.Skills.Add(new() { CourseId = course.Id, Code = "2", Text = "Làm được hai việc", Position = 2 });
        await db.SaveChangesAsync();
        return course.Slug;
    });

    private Task<List<Guid>> SkillsAsync(string course) => site.QueryAsync(db => db.Skills.Where(skill => skill.Course.Slug == course).OrderBy(skill => skill.Position).Select(skill => skill.Id).ToListAsync());

    private Task<List<Guid>> LessonsAsync(string course) => site.QueryAsync(db => db.Lessons.Where(lesson => lesson.Course.Slug == course).OrderBy(lesson => lesson.Position).Select(lesson => lesson.Id).ToListAsync());

    private Task<int> ValidAsync(string course, Learner learner) => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course));

    private async Task<List<string>> GuidesAsync(HttpClient client)
    {
        var team = await site.QueryAsync(db => db.Memberships.Where(membership => membership.Person.Code == "SL-000210").Select(membership => membership.Team.Code).FirstAsync());
        return [.. (await client.GetPageAsync($"/teams/{team}")).QuerySelectorAll("section[aria-labelledby=guides] .row-sub").SelectMany(names => names.TextContent.Split(", "))];
    }

    /// <summary>As check-in tells it, past the change tracker.</summary>
    private Task<int> AttendAsync(string course, Learner learner) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var topic = await db.Courses.Where(row => row.Slug == course).Select(row => row.TopicCode).SingleAsync(TestContext.Current.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<CompletionService>().WriteAttendanceAsync([new(Guid.CreateVersion7(), "TH-1", learner.PersonId, new(2026, 11, 20), [topic], 100, 100)], TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return 0;
    });

    private static async Task PostAsync(HttpClient client, string page, string url, IEnumerable<(string Name, string Value)> fields) => await SendAsync(client, await client.GetPageAsync(page), url, fields);

    /// <summary>Sends a form as the page had it, with the boxes that it showed ticked.</summary>
    private static async Task SendAsync(HttpClient client, IDocument page, string url, IEnumerable<(string Name, string Value)> fields)
    {
        var token = page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        var shown = page.QuerySelectorAll<IHtmlInputElement>($"form[action='{url}'] input[name=shown]").Select(input => KeyValuePair.Create("shown", input.Value));
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Concat(shown).Append(new("__RequestVerificationToken", token)));
        Assert.Equal(HttpStatusCode.Redirect, (await client.PostAsync(url, content)).StatusCode);
    }
}

public sealed class SqliteMasteryTests(SqliteSite site) : MasteryTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlMasteryTests(PostgreSqlSite site) : MasteryTests(site), IClassFixture<PostgreSqlSite>;
