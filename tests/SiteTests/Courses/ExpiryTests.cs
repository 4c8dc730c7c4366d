using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Certificates;
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
        Assert.Equal(VietnamTime.ToUtc(new(2027, 11, 23)), (await CompletionAsync(course, learner)).ExpiresUtc);
        Assert.Contains("Có giá trị đến ngày 22/11/2027.", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}")).Words());
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
        Assert.Equal((_start, VietnamTime.ToUtc(new(2028, 12, 23))), (renewed.CompletedUtc, renewed.ExpiresUtc!.Value));
        Assert.Equal(2, renewed.ReadBasis().Count);
    }

    [Fact]
    public async Task Attendance_ToldByCheckIn_RenewsToo()
    {
        var course = await CourseAsync(validMonths: 6);
        var learner = await site.LearnerAsync();
        await AttendAsync(course, learner, new(2026, 5, 1));
        Assert.Equal(VietnamTime.ToUtc(new(2026, 11, 2)), (await CompletionAsync(course, learner)).ExpiresUtc);

        await AttendAsync(course, learner, new(2026, 11, 20));

        var completion = await CompletionAsync(course, learner);
        Assert.Equal((VietnamTime.ToUtc(new(2026, 5, 1)), VietnamTime.ToUtc(new(2027, 5, 21))), (completion.CompletedUtc, completion.ExpiresUtc!.Value));
        Assert.Equal(1, await CountOnAsync(new(2026, 6, 1), learner));
        Assert.Equal(0, await CountOnAsync(new(2027, 6, 1), learner));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_BetweenEndAndRenewal_DoesNotCount(bool byCheckIn)
    {
        var course = await CourseAsync(validMonths: 6);
        var learner = await site.LearnerAsync();
        foreach (var day in new DateOnly[] { new(2025, 1, 10), new(2025, 5, 10), new(2026, 1, 20), new(2026, 9, 5) })
        {
            await (byCheckIn ? AttendAsync(course, learner, day) : RecordAsync(course, learner, day));
        }

        var days = new (DateOnly Day, int Count)[]
        {
            (new(2025, 1, 9), 0), (new(2025, 1, 10), 1), (new(2025, 8, 1), 1), (new(2025, 11, 10), 1), (new(2025, 11, 11), 0), (new(2026, 1, 19), 0), (new(2026, 1, 20), 1),
            (new(2026, 7, 20), 1), (new(2026, 7, 21), 0), (new(2026, 9, 4), 0), (new(2026, 9, 5), 1), (new(2026, 11, 22), 1),
        };
        foreach (var (day, count) in days)
        {
            Assert.Equal((day, count), (day, await CountOnAsync(day, learner)));
        }

        var completion = await CompletionAsync(course, learner);
        Assert.Equal((VietnamTime.ToUtc(new(2025, 1, 10)), VietnamTime.ToUtc(new(2027, 3, 6))), (completion.CompletedUtc, completion.ExpiresUtc!.Value));
    }

    [Fact]
    public async Task On_PastDay_KeepsWhatHeldOnceTheCourseLetsCompletionsEnd()
    {
        var course = await CourseAsync();
        var learner = await site.LearnerAsync();
        await AttendAsync(course, learner, new(2025, 1, 10));
        await AttendAsync(course, learner, new(2026, 1, 20));
        await site.QueryAsync(db => db.Courses.Where(row => row.Slug == course).ExecuteUpdateAsync(set => set.SetProperty(row => row.ValidMonths, 6)));

        await RecordAsync(course, learner, new(2026, 2, 1));

        Assert.Equal(1, await CountOnAsync(new(2025, 3, 1), learner));
        Assert.Equal(0, await CountOnAsync(new(2025, 10, 1), learner));
        Assert.Equal(1, await CountOnAsync(new(2026, 3, 1), learner));
    }

    [Fact]
    public async Task Completion_OnItsLastDay_HoldsUntilMidnight()
    {
        var course = await CourseAsync(validMonths: 12);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);
        var own = await site.SignInAsync(learner.User);
        var issued = await CertificateTests.IssueAsync(own, course);
        var badge = JsonDocument.Parse(Base64Url.DecodeFromChars((await own.GetStringAsync($"{issued}/badge")).Split('.')[1])).RootElement;
        Assert.Equal("2027-11-22T17:00:00Z", badge.GetProperty("validUntil").GetString());

        await WithClockAsync(new(2027, 11, 22, 16, 59, 59, DateTimeKind.Utc), async () =>
        {
            var page = await site.CreateClient().GetPageAsync(issued);
            Assert.Contains("đang có giá trị", page.Words());
            Assert.Contains(page.QuerySelectorAll("td"), cell => cell.TextContent == "22/11/2027");
            Assert.Contains("Bạn đã hoàn thành khóa học này", (await (await site.SignInAsync(learner.User)).GetPageAsync($"/courses/{course}")).Words());
        });
        await WithClockAsync(new(2027, 11, 22, 17, 0, 0, DateTimeKind.Utc), async () =>
            Assert.Contains("đã hết giá trị ngày 22/11/2027", (await site.CreateClient().GetPageAsync(issued)).Words()));
        Assert.Equal((1, 0), (await CountOnAsync(new(2027, 11, 22), learner), await CountOnAsync(new(2027, 11, 23), learner)));
    }

    [Fact]
    public async Task Completion_Expired_CountsNowhere()
    {
        var course = await CourseAsync(validMonths: 12);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);

        await WithClockAsync(_start.AddMonths(13), async () =>
        {
            var own = await site.SignInAsync(learner.User);
            Assert.DoesNotContain("Bạn đã hoàn thành khóa học này", (await own.GetPageAsync($"/courses/{course}/quiz/1")).Words());
            Assert.DoesNotContain("Nhận giấy chứng nhận", (await own.GetPageAsync("/me")).Words());
            var page = await own.GetPageAsync($"/courses/{course}");
            Assert.DoesNotContain("Nhận giấy chứng nhận", page.Words());
            Assert.Contains("Bạn còn 5 lần làm bài.", page.Words());
            var refused = await own.PostFormAsync("/certificates", new() { ["course"] = course }, page: $"/courses/{course}/quiz");
            Assert.Contains("đã hết giá trị. Hãy làm lại để gia hạn", (await (await own.FollowAsync(refused)).ReadPageAsync()).Body!.TextContent);
            Assert.DoesNotContain("Đã hoàn thành khóa học ngày", (await (await site.SignInAsync("to.truong")).GetPageAsync($"/people/{learner.Code}/learning/{course}")).Words());
            await own.PostFormAsync($"/courses/{course}/bai", []);
        });

        Assert.False(await site.QueryAsync(db => db.Certificates.AnyAsync(row => row.Completion.PersonId == learner.PersonId)));
        Assert.Single(await DueAsync(_start.AddMonths(13).AddDays(8), learner, "course-nudge"));
    }

    [Fact]
    public async Task Quiz_PassedWithTheLastAttempt_CanBeTakenAgainBeforeTheEnd()
    {
        var course = await CourseAsync(validMonths: 12, attempts: 1);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);

        await WithClockAsync(_start.AddMonths(12).AddDays(-10), async () =>
            Assert.EndsWith("/2/1", await (await site.SignInAsync(learner.User)).StartQuizAsync(course), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reminder_InTheLastWeek_ComesOnceMore()
    {
        var course = await CourseAsync(validMonths: 12);
        var learner = await site.LearnerAsync();
        await site.CompleteAsync(course, learner.PersonId);
        var first = Assert.Single(await DueAsync(new(2027, 11, 15, 16, 59, 0, DateTimeKind.Utc), learner));
        var last = Assert.Single(await DueAsync(new(2027, 11, 15, 17, 0, 0, DateTimeKind.Utc), learner));
        Assert.NotEqual(first.Subject, last.Subject);
        Assert.Equal(new DateTime(2027, 11, 15, 17, 0, 0, DateTimeKind.Utc), last.DueUtc);

        await WithClockAsync(new(2027, 11, 16, 2, 0, 0, DateTimeKind.Utc), async () =>
        {
            var words = (await RenderAsync(last))[learner.PersonId];
            Assert.Equal("Còn ít ngày để gia hạn: Khóa có hạn", words.Title);
            Assert.Contains("đến hết ngày 22/11/2027", words.Text);
            await site.CompleteAsync(course, learner.PersonId);
            Assert.Empty(await RenderAsync(last));
        });
        Assert.Empty(await DueAsync(new(2027, 11, 16, 3, 0, 0, DateTimeKind.Utc), learner));
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

    private Task<Completion> CompletionAsync(string course, Learner learner) => site.QueryAsync(db => db.Completions.AsNoTracking().NotRevoked().SingleAsync(row => row.PersonId == learner.PersonId && row.Course.Slug == course));

    private Task<int> CountOnAsync(DateOnly day, Learner learner) => site.QueryAsync(db => db.Completions.On(day).CountAsync(row => row.PersonId == learner.PersonId));

    private Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(DueReminder reminder) => site.WithAsync(services => services.GetRequiredService<IEnumerable<IReminderSource>>()
        .Single(source => source.Rule == "completion-expiry").RenderAsync(reminder.Subject, [reminder.PersonId], TestContext.Current.CancellationToken));

    /// <summary>As a correction tells it, through the change tracker.</summary>
    private Task<int> RecordAsync(string course, Learner learner, DateOnly day) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var topic = await db.Courses.Where(row => row.Slug == course).Select(row => row.TopicCode).SingleAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<CompletionService>().RecordAttendanceAsync([new(Guid.CreateVersion7(), $"TH-{day:yyyyMMdd}", learner.PersonId, day, [topic], 100, 100)], TestContext.Current.CancellationToken);
        return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    private Task<List<DueReminder>> DueAsync(DateTime now, Learner learner, string rule = "completion-expiry") => site.WithAsync(services => services.GetRequiredService<IEnumerable<IReminderSource>>()
        .Single(source => source.Rule == rule).GetDue(now).Where(reminder => reminder.PersonId == learner.PersonId).ToListAsync());

    private Task<int> AttendAsync(string course, Learner learner, DateOnly day) => site.WithAsync(async services =>
    {
        var db = services.GetRequiredService<SiteDbContext>();
        var topic = await db.Courses.Where(row => row.Slug == course).Select(row => row.TopicCode).SingleAsync(TestContext.Current.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await services.GetRequiredService<CompletionService>().WriteAttendanceAsync([new(Guid.CreateVersion7(), $"TH-{day:yyyyMMdd}", learner.PersonId, day, [topic], 100, 100)], TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return 0;
    });

    private Task<string> CourseAsync(int? validMonths = null, int attempts = 5) => site.QueryAsync(async db =>
    {
        var topic = $"H{Guid.NewGuid():N}"[..10];
        var course = new Course { Slug = topic.ToLowerInvariant(), TopicCode = topic, Title = "Khóa có hạn", State = CourseState.Published, ValidMonths = validMonths, MaxAttempts = attempts, UpdatedUtc = site.Clock.UtcNow() };
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
