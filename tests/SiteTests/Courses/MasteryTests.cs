using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>Skills are marked by members and confirmed by leaders, and count for completions.</summary>
public abstract class MasteryTests(SiteFixture site)
{
    [Fact]
    public async Task Skills_MarkedThenConfirmed_CompleteACourseThatAsksForThem()
    {
        var course = await site.SkillCourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var skills = await site.SkillsAsync(course);

        await PostAsync(own, $"/courses/{course}", $"/courses/{course}/skills", skills.Select(skill => ("skill", skill.ToString())));
        Assert.All((await own.GetPageAsync($"/courses/{course}")).QuerySelectorAll<IHtmlInputElement>("input[name=skill]"), box => Assert.True(box.IsChecked));
        Assert.Equal(0, await site.ValidAsync(course, learner));

        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";
        Assert.Contains("Xác nhận kỹ năng, ghi kết quả trên giấy", (await leader.GetPageAsync($"/people/{learner.Code}")).Words());
        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));
        Assert.Equal(0, await site.ValidAsync(course, learner));
        Assert.DoesNotContain($"Lò Thị {learner.Code}", await GuidesAsync(leader));

        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
        var fact = Assert.Single((await site.QueryAsync(db => db.Completions.AsNoTracking().NotRevoked().SingleAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course))).ReadBasis());
        Assert.Equal(CompletionFactKind.Skills, fact.Kind);
        Assert.Contains("Đủ kỹ năng của khóa học ngày 22/11/2026", (await own.GetPageAsync($"/courses/{course}")).Words());
        Assert.Contains($"Lò Thị {learner.Code}", await GuidesAsync(leader));

        await leader.WriteLearningAsync(address, form => form.Tick("skill"));
        Assert.Equal(0, await site.ValidAsync(course, learner));
        Assert.DoesNotContain($"Lò Thị {learner.Code}", await GuidesAsync(leader));
    }

    [Fact]
    public async Task Skills_ConfirmedByAnotherMeanwhile_StayConfirmed()
    {
        var course = await site.SkillCourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var skills = await site.SkillsAsync(course);
        var (leader, coordinator) = (await site.SignInAsync("to.truong"), await site.SignInAsync("xa.coordinator"));
        var address = $"/people/{learner.Code}/learning/{course}";
        var opened = (await leader.GetPageAsync(address)).LearningForm();

        await coordinator.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));
        opened.Tick("skill", skills[1]);
        await leader.SubmitAsync(opened);
        Assert.Equal(1, await site.ValidAsync(course, learner));
        await leader.WriteLearningAsync(address, form => form.Tick("skill", skills[0]));

        var confirmed = Assert.Single(await site.QueryAsync(db => db.SkillMasteries.AsNoTracking().Where(row => row.PersonId == learner.PersonId && row.ConfirmedUtc != null).ToListAsync()));
        Assert.Equal(skills[0], confirmed.SkillId);
        Assert.Equal(0, await site.ValidAsync(course, learner));
    }

    [Fact]
    public async Task Skills_ConfirmationTakenBack_LeavesTheMembersOwnMark()
    {
        var course = await site.SkillCourseAsync(skillsRequired: true);
        var learner = await site.LearnerAsync();
        var skills = await site.SkillsAsync(course);
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
        var course = await site.SkillCourseAsync(skillsRequired: true);
        var skill = (await site.SkillsAsync(course))[0];
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
        var course = await site.SkillCourseAsync(skillsRequired: true, quizProves: true, mode: CompletionMode.All, attendance: true);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);
        Assert.Equal(0, await site.ValidAsync(course, learner));

        await AttendAsync(course, learner);

        Assert.Equal(1, await site.ValidAsync(course, learner));
        Assert.Contains($"Lò Thị {learner.Code}", await GuidesAsync(await site.SignInAsync("to.truong")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attendance_OfACourseThatAsksForSkills_WaitsForThem(bool confirmedFirst)
    {
        var course = await site.SkillCourseAsync(skillsRequired: true, mode: CompletionMode.All, attendance: true, quiz: false);
        var learner = await site.LearnerAsync();
        var leader = await site.SignInAsync("to.truong");
        var address = $"/people/{learner.Code}/learning/{course}";
        var skills = await site.SkillsAsync(course);
        if (confirmedFirst)
        {
            await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
            Assert.Equal(0, await site.ValidAsync(course, learner));
            await AttendAsync(course, learner);
        }
        else
        {
            await AttendAsync(course, learner);
            Assert.Equal(0, await site.ValidAsync(course, learner));
            await leader.WriteLearningAsync(address, form => form.Tick("skill", skills));
        }

        Assert.Equal(1, await site.ValidAsync(course, learner));
    }

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
