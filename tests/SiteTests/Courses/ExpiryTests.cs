using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Notifications.Models;

namespace TrainingSite.SiteTests.Courses;

/// <summary>A completion that ends after some months and is renewed; a course that waits for another.</summary>
public abstract class ExpiryTests(SiteFixture site)
{
    private readonly DateTime _start = site.Clock.UtcNow();

    [Fact]
    public async Task Completion_AfterItsMonths_ExpiresAndIsRenewedByTheQuiz()
    {
        var course = await CourseAsync(validMonths: 12);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);
        var issued = await CertificateTests.IssueAsync(await site.SignInAsync(learner.User), course);
        Assert.Equal(_start.AddMonths(12), (await CompletionAsync(course, learner)).ExpiresUtc);
        Assert.Contains($"Có giá trị đến ngày {_start.AddMonths(12).ToDateText()}.", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}")).Words());
        Assert.Empty(await DueAsync(_start.AddMonths(11).AddDays(-2), learner));
        Assert.Single(await DueAsync(_start.AddMonths(12).AddDays(-29), learner));

        await WithClockAsync(_start.AddMonths(13), async () =>
        {
            Assert.Contains("Kết quả của bạn đã hết giá trị", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}")).Words());
            Assert.Contains("đã hết giá trị ngày", (await site.CreateClient().GetPageAsync(issued)).Words());
            await site.CompleteAsync(course, learner.PersonId);
            Assert.Contains("đang có giá trị", (await site.CreateClient().GetPageAsync(issued)).Words());
        });

        var renewed = await CompletionAsync(course, learner);
        Assert.Equal((_start, _start.AddMonths(25)), (renewed.CompletedUtc, renewed.ExpiresUtc!.Value));
        Assert.Equal(2, renewed.ReadBasis().Count);
    }

    [Fact]
    public async Task Attendance_ToldByCheckIn_RenewsToo()
    {
        var course = await CourseAsync(validMonths: 6);
        var learner = await site.LearnerAsync();
        await AttendAsync(course, learner, new(2026, 5, 1));
        Assert.Equal(VietnamTime.ToUtc(new(2026, 11, 1)), (await CompletionAsync(course, learner)).ExpiresUtc);

        await AttendAsync(course, learner, new(2026, 11, 20));

        var completion = await CompletionAsync(course, learner);
        Assert.Equal((VietnamTime.ToUtc(new(2026, 5, 1)), VietnamTime.ToUtc(new(2027, 5, 20))), (completion.CompletedUtc, completion.ExpiresUtc!.Value));
        Assert.Equal(1, await site.QueryAsync(db => db.Completions.On(new(2026, 6, 1)).CountAsync(row => row.PersonId == learner.PersonId)));
        Assert.Equal(0, await site.QueryAsync(db => db.Completions.On(new(2027, 6, 1)).CountAsync(row => row.PersonId == learner.PersonId)));
    }

    [Fact]
    public async Task Quiz_OfACourseThatNeedsAnother_WaitsForIt()
    {
        var learner = await site.LearnerAsync();
        var own = await site.SignInAsync(learner.User);
        var first = await CourseAsync();
        await site.QueryAsync(async db =>
        {
            db.CoursePrerequisites.Add(new() { CourseId = await db.Courses.Where(row => row.Slug == CoursesArrange.Safety).Select(row => row.Id).SingleAsync(), RequiredId = await db.Courses.Where(row => row.Slug == first).Select(row => row.Id).SingleAsync() });
            return await db.SaveChangesAsync();
        });
        Assert.Contains("Trước khi làm bài kiểm tra, hãy hoàn thành: Khóa có hạn (chưa xong)", (await own.GetPageAsync($"/courses/{CoursesArrange.Safety}")).Words());

        var refused = await own.PostFormAsync($"/courses/{CoursesArrange.Safety}/quiz", []);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Hãy hoàn thành khóa “Khóa có hạn” trước", (await refused.ReadPageAsync()).Words());
        await site.CompleteAsync(first, learner.PersonId);
        await own.StartQuizAsync(CoursesArrange.Safety);
        Assert.Contains("Khóa có hạn (đã xong)", (await own.GetPageAsync($"/courses/{CoursesArrange.Safety}")).Words());
    }

    private async Task WithClockAsync(DateTime utc, Func<Task> action)
    {
        site.Clock.Set(new DateTimeOffset(utc));
        try
        {
            await action();
        }
        finally
        {
            site.Clock.Set(new DateTimeOffset(_start));
        }
    }

    private Task<Completion> CompletionAsync(string course, Learner learner) => site.QueryAsync(db => db.Completions.AsNoTracking().SingleAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course));

    private Task<List<DueReminder>> DueAsync(DateTime now, Learner learner) => site.WithAsync(services => services.GetRequiredService<IEnumerable<IReminderSource>>()
        .Single(source => source.Rule == "completion-expiry").GetDue(now).Where(reminder => reminder.PersonId == learner.PersonId).ToListAsync());

    private Task<int> AttendAsync(string course, Learner learner, DateOnly day) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var topic = await db.Courses.Where(row => row.Slug == course).Select(row => row.TopicCode).SingleAsync(TestContext.Current.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<CompletionService>().WriteAttendanceAsync([new(Guid.CreateVersion7(), $"TH-{day:yyyyMMdd}", learner.PersonId, day, [topic], 100, 100)], TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return 0;
    });

    private Task<string> CourseAsync(int? validMonths = null) => site.QueryAsync(async db =>
    {
        var topic = $"H{Guid.NewGuid():N}"[..10];
        var course = new Course { Slug = topic.ToLowerInvariant(), TopicCode = topic, Title = "Khóa có hạn", State = CourseState.Published, ValidMonths = validMonths, UpdatedUtc = site.Clock.UtcNow() };
        db.Topics.Add(new() { Code = topic, Name = "Thử", Icon = "book" });
        db.Courses.Add(course);
        db.Lessons.Add(new() { CourseId = course.Id, Slug = "bai", Title = "Bài", Position = 1, Minutes = 4 });
        db.Questions.Add(new() { CourseId = course.Id, Key = "1", Text = "Câu?", Explanation = "Vì thế." });
        await db.SaveChangesAsync();
        return course.Slug;
    });
}

public sealed class SqliteExpiryTests(SqliteSite site) : ExpiryTests(site), IClassFixture<SqliteSite>;

public sealed class PostgreSqlExpiryTests(PostgreSqlSite site) : ExpiryTests(site), IClassFixture<PostgreSqlSite>;
