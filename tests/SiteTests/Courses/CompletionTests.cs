using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;
using TrainingSite.SiteTests.Kernel;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Completions follow the attendance that is told, and stay as history when it is taken back.</summary>
public abstract class CompletionTests(SiteFixture site)
{
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly Guid _session = Guid.CreateVersion7();
    private readonly string _topic = $"Q{Guid.NewGuid():N}"[..10];

    [Fact]
    public async Task RecordAttendance_EnoughMinutes_Completes()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);

        await RecordAsync([Change(people[0], 80), Change(people[1], 79)]);

        var completion = Assert.Single(await CompletionsAsync(course));
        Assert.Equal(people[0], completion.PersonId);
        Assert.Equal(VietnamTime.ToUtc(Day.ToDateTime(TimeOnly.MinValue)), completion.CompletedUtc);
        var fact = Assert.Single(completion.ReadBasis());
        Assert.Equal((CompletionFactKind.Session, "TH-1", 80), (fact.Kind, fact.Reference, fact.Percent));
    }

    [Fact]
    public async Task RecordAttendance_Twice_ChangesNothing()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);

        await RecordAsync([Change(people[0], 90)]);
        await RecordAsync([Change(people[0], 90)]);

        Assert.Single(await CompletionsAsync(course));
        Assert.Equal(1, await site.QueryAsync(db => db.AttendanceCredits.CountAsync(credit => credit.SessionId == _session && credit.TopicCode == _topic)));
    }

    [Fact]
    public async Task RecordAttendance_CorrectedToNothing_RevokesAndAddingAgainKeepsHistory()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await RecordAsync([Change(people[0], 100)]);

        await RecordAsync([Change(people[0], 0)]);
        var revoked = Assert.Single(await CompletionsAsync(course));
        Assert.NotNull(revoked.RevokedUtc);
        Assert.False(await site.QueryAsync(db => db.AttendanceCredits.AnyAsync(credit => credit.SessionId == _session)));

        await RecordAsync([Change(people[0], 100)]);
        Assert.Collection(
            await CompletionsAsync(course),
            first => Assert.Equal((revoked.Id, revoked.RevokedUtc), (first.Id, first.RevokedUtc)),
            second => Assert.Null(second.RevokedUtc));
    }

    [Fact]
    public async Task RecordAttendance_CorrectedBelowTheMinimum_Revokes()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await RecordAsync([Change(people[0], 100)]);

        await RecordAsync([Change(people[0], 30)]);

        Assert.NotNull(Assert.Single(await CompletionsAsync(course)).RevokedUtc);
    }

    [Fact]
    public async Task RecordAttendance_TopicTakenFromTheSession_Revokes()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await RecordAsync([Change(people[0], 100)]);

        await RecordAsync([Change(people[0], 100) with { Topics = ["other"] }]);

        Assert.NotNull(Assert.Single(await CompletionsAsync(course)).RevokedUtc);
    }

    [Fact]
    public async Task RecordAttendance_SecondSessionStillCounts_KeepsTheCompletionOnTheOtherFact()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        var other = Change(people[0], 95) with { SessionId = Guid.CreateVersion7(), SessionCode = "TH-2", Date = Day.AddDays(1) };
        await RecordAsync([Change(people[0], 100), other]);

        await RecordAsync([Change(people[0], 0)]);

        var completion = Assert.Single(await CompletionsAsync(course));
        Assert.Null(completion.RevokedUtc);
        Assert.Equal("TH-2", Assert.Single(completion.ReadBasis()).Reference);
    }

    [Fact]
    public async Task RecordAttendance_QuizStillCounts_KeepsTheCompletion()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await PassAsync(course, people[0]);
        await RecordAsync([Change(people[0], 100)]);
        Assert.Equal(2, Assert.Single(await CompletionsAsync(course)).ReadBasis().Count);

        await RecordAsync([Change(people[0], 0)]);

        var completion = Assert.Single(await CompletionsAsync(course));
        Assert.Null(completion.RevokedUtc);
        Assert.Equal(CompletionFactKind.Quiz, Assert.Single(completion.ReadBasis()).Kind);
    }

    [Fact]
    public async Task RecordAttendance_AllMode_WaitsForTheQuiz()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.All);
        await RecordAsync([Change(people[0], 100)]);
        Assert.Empty(await CompletionsAsync(course));

        await PassAsync(course, people[0]);

        Assert.Equal([CompletionFactKind.Session, CompletionFactKind.Quiz], Assert.Single(await CompletionsAsync(course)).ReadBasis().Select(fact => fact.Kind));
    }

    [Fact]
    public async Task RecordAttendance_BackAndForthBeforeSaving_EndsAsToldLast()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await RecordAsync([Change(people[0], 100), Change(people[1], 0), Change(people[1], 100)]);

        await site.WithAsync(async services =>
        {
            var completions = services.GetRequiredService<CompletionService>();
            await completions.RecordAttendanceAsync([Change(people[0], 0)], TestContext.Current.CancellationToken);
            await completions.RecordAttendanceAsync([Change(people[0], 85)], TestContext.Current.CancellationToken);
            await completions.RecordAttendanceAsync([Change(people[1], 100), Change(people[1], 0)], TestContext.Current.CancellationToken);
            return await services.GetRequiredService<SiteDbContext>().SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        var completions = await CompletionsAsync(course);
        Assert.Equal(85, Assert.Single(completions, completion => completion.RevokedUtc is null && completion.PersonId == people[0]).ReadBasis()[0].Percent);
        Assert.NotNull(Assert.Single(completions, completion => completion.PersonId == people[1]).RevokedUtc);
    }

    [Fact]
    public async Task RecordAttendance_NotSaved_LeavesNothing()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);

        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<CompletionService>().RecordAttendanceAsync([Change(people[0], 100)], TestContext.Current.CancellationToken);
            return 0;
        });

        Assert.Empty(await CompletionsAsync(course));
    }

    [Fact]
    public async Task On_PastDay_ShowsWhatHeldThen()
    {
        var (course, people) = await ArrangeAsync(CompletionMode.Any);
        await RecordAsync([Change(people[0], 100)]);
        await RecordAsync([Change(people[0], 0)]);

        Assert.Equal(0, await CountOnAsync(Day.AddDays(-1)));
        Assert.Equal(1, await CountOnAsync(Day));
        Assert.Equal(0, await CountOnAsync(Day.AddDays(2)));

        Task<int> CountOnAsync(DateOnly day) => site.QueryAsync(db => db.Completions.On(day).CountAsync(completion => completion.CourseId == course));
    }

    [Theory]
    [InlineData(CourseState.Published, true, true)]
    [InlineData(CourseState.Published, false, false)]
    [InlineData(CourseState.Draft, true, false)]
    public async Task CheckIn_AsksWhoHasShownSkills_OnlyWhereAttendanceCanCompleteWithThem(CourseState state, bool attendance, bool asks)
    {
        var (courseId, people) = await ArrangeAsync(CompletionMode.All);
        await SetAsync(state, attendance, skills: true);
        await site.QueryAsync(async db =>
        {
            var skill = new Skill { CourseId = courseId, Code = "1", Text = "Làm được", Position = 1 };
            db.Skills.Add(skill);
            db.SkillMasteries.Add(new() { PersonId = people[0], SkillId = skill.Id, ConfirmedUtc = site.Clock.UtcNow() });
            return await db.SaveChangesAsync();
        });

        var rows = await site.QueryAsync(async db =>
        {
            var (batch, read) = (new StatementBatch(db), 0);
            batch.Read(CompletionSql.SelectConfirmed, _ => read++, people);
            await using var transaction = await db.Database.BeginTransactionAsync();
            await batch.ExecuteAsync(TestContext.Current.CancellationToken);
            return read;
        });

        await SetAsync(state, attendance, skills: false);
        Assert.Equal(asks ? 1 : 0, rows);

        Task<int> SetAsync(CourseState state, bool attendance, bool skills) => site.QueryAsync(db => db.Courses.Where(row => row.Id == courseId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, state).SetProperty(row => row.AttendanceRequired, attendance).SetProperty(row => row.SkillsRequired, skills)));
    }

    [Fact]
    public async Task Facts_OfOnePersonAtTheSameMoment_CompleteTogether()
    {
        var (courseId, people) = await ArrangeAsync(CompletionMode.All);
        var lesson = await site.QueryAsync(async db =>
        {
            var added = new Lesson { CourseId = courseId, Slug = "bai", Title = "Bài", Position = 1, Minutes = 1 };
            db.Lessons.Add(added);
            await db.SaveChangesAsync();
            await db.Courses.Where(row => row.Id == courseId).ExecuteUpdateAsync(set => set.SetProperty(row => row.LessonsRequired, true));
            for (var number = 0; number < 20; number++)
            {
                db.People.Add(new() { Code = $"CL-{_topic}-{number}", FullName = "Lò Thị Cùng", SortName = "Cung" });
            }

            await db.SaveChangesAsync();
            return added.Id;
        });
        var learners = await site.QueryAsync(db => db.People.Where(person => person.Code.StartsWith($"CL-{_topic}")).Select(person => person.Id).ToListAsync());

        // The last lesson, the quiz and the session, each told by somebody else: whoever comes last must see the two others.
        foreach (var person in learners)
        {
            await Task.WhenAll(
                site.WithAsync(async services =>
                {
                    await services.GetRequiredService<ProgressService>().FinishAsync(person, lesson, TestContext.Current.CancellationToken);
                    return true;
                }),
                site.WithAsync(async services =>
                {
                    var course = await services.GetRequiredService<SiteDbContext>().Courses.AsNoTracking().SingleAsync(row => row.Id == courseId);
                    var form = new MemberLearningForm { Results = [new() { Day = Day, Correct = 9, Total = 10 }] };
                    return (await services.GetRequiredService<MemberLearningWriter>().WriteAsync(person, course, form, TestContext.Current.CancellationToken)).Succeeded;
                }),
                site.WithAsync(async services =>
                {
                    var db = services.GetRequiredService<SiteDbContext>();
                    await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
                    await services.GetRequiredService<CompletionService>().WriteAttendanceAsync([Change(person, 100)], TestContext.Current.CancellationToken);
                    await transaction.CommitAsync(TestContext.Current.CancellationToken);
                    return true;
                }));
        }

        Assert.Equal(learners.Order(), (await CompletionsAsync(courseId)).Select(completion => completion.PersonId).Order());
    }

    private AttendanceCredit.Change Change(Guid person, int minutes) => new(_session, "TH-1", person, Day, [_topic, "T99"], minutes, 100);

    private Task<int> RecordAsync(AttendanceCredit.Change[] changes) => site.WithAsync(async services =>
    {
        await services.GetRequiredService<CompletionService>().RecordAttendanceAsync(changes, TestContext.Current.CancellationToken);
        return await services.GetRequiredService<SiteDbContext>().SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    private Task<int> PassAsync(Guid courseId, Guid person) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var now = site.Clock.UtcNow();
        db.QuizAttempts.Add(new() { PersonId = person, CourseId = courseId, Number = 1, State = AttemptState.Passed, Total = 10, Correct = 9, PassPercent = 80, StartedUtc = now, FinishedUtc = now });
        var course = await db.Courses.AsNoTracking().SingleAsync(row => row.Id == courseId, TestContext.Current.CancellationToken);
        await services.GetRequiredService<CompletionService>().RecomputeAsync(course, [person], TestContext.Current.CancellationToken);
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    private Task<List<Completion>> CompletionsAsync(Guid course) =>
        site.QueryAsync(db => db.Completions.AsNoTracking().Where(completion => completion.CourseId == course).OrderBy(completion => completion.Id).ToListAsync());

    private Task<(Guid Course, Guid[] People)> ArrangeAsync(CompletionMode mode) => site.QueryAsync(async db =>
    {
        var course = new Course { Slug = _topic, TopicCode = _topic, Title = "Khóa thử", State = CourseState.Published, CompletionMode = mode, UpdatedUtc = site.Clock.UtcNow() };
        Person[] people = [.. Enumerable.Range(1, 2).Select(number => new Person { Code = $"{_topic}-{number}", FullName = "Lò Thị Nga" })];
        db.Topics.Add(new() { Code = _topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        db.People.AddRange(people);
        await db.SaveChangesAsync();
        return (course.Id, people.Select(person => person.Id).ToArray());
    });
}

public sealed class SqliteCompletionTests(EmptySqliteSite site) : CompletionTests(site), IClassFixture<EmptySqliteSite>;

public sealed class PostgreSqlCompletionTests(EmptyPostgreSqlSite site) : CompletionTests(site), IClassFixture<EmptyPostgreSqlSite>;
