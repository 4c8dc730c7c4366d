using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Accounts.Services;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A member of the demo team who belongs to one test alone.</summary>
internal sealed record Learner(Guid PersonId, string Code, string User);

/// <summary>What learners do, over HTTP.</summary>
internal static class CoursesArrange
{
    /// <summary>The test recipe's course that explains after each answer: 3 questions, 2 needed, 2 attempts.</summary>
    public const string Safety = "giu-an-toan";

    /// <summary>The test recipe's course that explains at the end and needs quiz and attendance.</summary>
    public const string Payment = "tra-tien-bang-ma";

    /// <summary>Village of the demo team.</summary>
    public const string Village = "03646-SYN-042";

    private static int _number;

    /// <summary>A new member of the team (that of the account <c>member</c> unless told otherwise), with an account.</summary>
    public static Task<Learner> LearnerAsync(this SiteFixture site, string? team = null, TeamRole role = TeamRole.Member) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var code = $"HV-{Interlocked.Increment(ref _number)}";
        var teamId = team is null
            ? await db.Memberships.Where(membership => membership.Person.Code == "SL-000210").Select(membership => membership.TeamId).FirstAsync()
            : await db.Teams.Where(row => row.Code == team).Select(row => row.Id).SingleAsync();
        var person = new Person { Code = code, FullName = $"Lò Thị {code}", SortName = code };
        db.People.Add(person);
        db.Memberships.Add(new() { PersonId = person.Id, TeamId = teamId, Role = role, ValidFrom = new(2024, 1, 1) });
        await db.SaveChangesAsync();
        var path = await db.Teams.Where(row => row.Id == teamId).Select(row => row.Unit.Path).SingleAsync();
        var created = await services.GetRequiredService<AccountService>().CreateAsync(new(person.FullName, Roles.Member, new DirectoryUnit("u", path, "u")) { UserName = code, PersonId = person.Id });
        Assert.True(created.Succeeded);
        var user = await db.Users.SingleAsync(row => row.Id == created.Value.UserId);
        user.PasswordHash = services.GetRequiredService<IPasswordHasher<SiteUser>>().HashPassword(user, SiteClient.DemoPassword);
        await db.SaveChangesAsync();
        return new Learner(person.Id, code, code);
    });

    /// <summary>Gives somebody the facts that complete a course: a passed quiz, and attendance where the course needs it.</summary>
    public static Task CompleteAsync(this SiteFixture site, string course, Guid person, bool attended = false) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var completions = services.GetRequiredService<CompletionService>();
        var row = await db.Courses.AsNoTracking().SingleAsync(row => row.Slug == course);
        var now = site.Clock.UtcNow();
        var number = await db.QuizAttempts.CountAsync(attempt => attempt.PersonId == person && attempt.CourseId == row.Id) + 1;
        db.QuizAttempts.Add(new() { PersonId = person, CourseId = row.Id, Number = number, State = AttemptState.Passed, Total = 10, Correct = 9, PassPercent = 80, StartedUtc = now, FinishedUtc = now });
        if (attended)
        {
            await completions.RecordAttendanceAsync([new(Guid.CreateVersion7(), "TH-1", person, new(2026, 11, 20), [row.TopicCode], 100, 100)], CancellationToken.None);
        }

        await completions.RecomputeAsync(row, [person], CancellationToken.None);
        return await db.SaveChangesAsync();
    });

    /// <summary>Takes back what <see cref="CompleteAsync"/> gave.</summary>
    public static Task TakeBackAsync(this SiteFixture site, string course, Guid person) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        db.QuizAttempts.RemoveRange(await db.QuizAttempts.Where(attempt => attempt.PersonId == person && attempt.Course.Slug == course).ToListAsync());
        await services.GetRequiredService<CompletionService>().RecomputeAsync(await db.Courses.AsNoTracking().SingleAsync(row => row.Slug == course), [person], CancellationToken.None);
        return await db.SaveChangesAsync();
    });

    /// <summary>Begins or resumes the quiz and returns the address of the open question.</summary>
    public static async Task<string> StartQuizAsync(this HttpClient client, string course)
    {
        var started = await client.PostFormAsync($"/courses/{course}/quiz", []);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        return started.Headers.Location!.ToString();
    }

    /// <summary>Answers one question right or wrong.</summary>
    public static async Task<HttpResponseMessage> AnswerAsync(this HttpClient client, SiteFixture site, Learner learner, string question, bool right)
    {
        var page = await client.GetPageAsync(question);
        using var content = new FormUrlEncodedContent([
            .. await site.AnswerFieldsAsync(learner.PersonId, question, right),
            new("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value),
        ]);
        return await client.PostAsync(question, content);
    }

    /// <summary>Goes through a whole attempt with so many right answers; returns the address of the result.</summary>
    public static async Task<string> TakeQuizAsync(this HttpClient client, SiteFixture site, Learner learner, string course, int right)
    {
        var question = await client.StartQuizAsync(course);
        var result = question[..question.LastIndexOf('/')];
        for (var position = 1; question != result; position++)
        {
            await client.AnswerAsync(site, learner, question, position <= right);
            var next = await client.GetAsync(result);
            question = next.StatusCode == HttpStatusCode.Redirect ? next.Headers.Location!.ToString() : result;
        }

        return result;
    }

    /// <summary>The right (or wrong) options of a drawn question, as positions on the screen.</summary>
    public static Task<List<int>> ChoicesAsync(this SiteFixture site, Learner learner, string question, bool right) => site.QueryAsync(async db =>
    {
        var parts = question.Split('/');
        var (number, position) = (int.Parse(parts[^2]), int.Parse(parts[^1]));
        var attempt = await db.QuizAttempts.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == parts[2] && row.Number == number);
        var drawn = attempt.ReadDraw()[position - 1];
        var options = (await db.Questions.AsNoTracking().SingleAsync(row => row.Id == drawn.Q)).ReadOptions();
        var shown = drawn.O.Select((index, place) => (options[index].Correct, place)).ToList();
        return right ? shown.FindAll(pair => pair.Correct).ConvertAll(pair => pair.place) : [shown.Find(pair => !pair.Correct).place];
    });

    /// <summary>The one form of a member's learning in a course, as the page shows it.</summary>
    public static IHtmlFormElement LearningForm(this IDocument page) => Assert.IsAssignableFrom<IHtmlFormElement>(page.QuerySelector("[id^=lesson-]")!.Closest("form"));

    /// <summary>Ticks exactly these skills or lessons in a form; boxes that nobody can change stay.</summary>
    public static void Tick(this IHtmlFormElement form, string kind, params IEnumerable<Guid> ids)
    {
        foreach (var box in form.QuerySelectorAll<IHtmlInputElement>($"[id^={kind}-]").Where(box => !box.IsDisabled))
        {
            box.IsChecked = ids.Contains(Guid.Parse(box.Value));
        }
    }

    /// <summary>Types a result on paper: a new one, or the correction of one that the form shows.</summary>
    public static void TypeResult(this IHtmlFormElement form, string day, string correct, string total, Guid? of = null)
    {
        var prefix = of is { } id ? form.QuerySelector<IHtmlInputElement>($"input[name$='.Id'][value='{id}']")!.Name!.Replace(".Id", "", StringComparison.Ordinal) : form.QuerySelectorAll<IHtmlInputElement>("input[name$='.Correct']").Last().Name!.Replace(".Correct", "", StringComparison.Ordinal);
        foreach (var (field, value) in new[] { ("Day", day), ("Correct", correct), ("Total", total) })
        {
            form.QuerySelector<IHtmlInputElement>($"input[name='{prefix}.{field}']")!.Value = value;
        }
    }

    /// <summary>A leader opens a member's learning, changes the form and saves it.</summary>
    public static async Task WriteLearningAsync(this HttpClient leader, string address, Action<IHtmlFormElement> change)
    {
        var form = (await leader.GetPageAsync(address)).LearningForm();
        change(form);
        Assert.Equal(HttpStatusCode.Redirect, (await leader.SubmitAsync(form)).StatusCode);
    }

    /// <summary>Goes where a redirect leads.</summary>
    public static Task<HttpResponseMessage> FollowAsync(this HttpClient client, HttpResponseMessage redirect) => client.GetAsync(redirect.Headers.Location);

    /// <summary>The page's words with single spaces.</summary>
    public static string Words(this IDocument page) => VietnameseText.Clean(page.QuerySelector("main")!.TextContent);

    /// <summary>A course on a topic of its own, with two skills.</summary>
    public static Task<string> SkillCourseAsync(this SiteFixture site, bool skillsRequired = false, bool quizProves = false, CompletionMode mode = CompletionMode.Any, bool attendance = false, bool quiz = true) => site.QueryAsync(async db =>
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

    /// <summary>Skills of a course in order.</summary>
    public static Task<List<Guid>> SkillsAsync(this SiteFixture site, string course) => site.QueryAsync(db => db.Skills.Where(skill => skill.Course.Slug == course).OrderBy(skill => skill.Position).Select(skill => skill.Id).ToListAsync());

    /// <summary>How many completions of a course somebody has that hold.</summary>
    public static Task<int> ValidAsync(this SiteFixture site, string course, Learner learner) => site.QueryAsync(db => db.Completions.NotRevoked().CountAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course));
}
