using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Notifications.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Whoever has begun a course, not completed it, and been away for a week: told once after each pause, at most once a course and month.</summary>
internal sealed class CourseNudge(SiteDbContext db, TimeProvider clock, IStringLocalizer<Strings> T) : IReminderSource
{
    private const int DaysAway = 7;

    /// <summary>Who has been away longer was told before. Keeps the sweep from reading everybody's past each minute.</summary>
    private const int LookBackDays = 14;

    public string Rule => "course-nudge";

    public string Title => T["Nhắc học tiếp khóa học đang dở"];

    public IQueryable<DueReminder> GetDue(DateTime utcNow)
    {
        var away = utcNow.AddDays(-DaysAway);
        var longAway = away.AddDays(-LookBackDays);
        var later = db.LessonProgress.Where(progress => progress.ActiveUtc > away);
        var attempts = db.QuizAttempts.Where(attempt => attempt.StartedUtc > away);
        var completed = db.Completions.Current(utcNow);
        return db.LessonProgress
            .Where(progress => progress.ActiveUtc > longAway && progress.ActiveUtc <= away && progress.Lesson.Course.State == CourseState.Published)
            .GroupBy(progress => new { progress.PersonId, progress.Lesson.CourseId })
            .Select(group => new { group.Key.PersonId, group.Key.CourseId, Due = group.Max(progress => progress.ActiveUtc).AddDays(DaysAway) })
            .Where(pair => !later.Any(progress => progress.PersonId == pair.PersonId && progress.Lesson.CourseId == pair.CourseId)
                && !attempts.Any(attempt => attempt.PersonId == pair.PersonId && attempt.CourseId == pair.CourseId)
                && !completed.Any(completion => completion.PersonId == pair.PersonId && completion.CourseId == pair.CourseId))
            .Join(db.People, pair => pair.PersonId, person => person.Id, (pair, person) => new DueReminder
            {
                // The month makes next month's reminder another one.
                Subject = pair.CourseId.ToString() + ":" + pair.Due.Year.ToString() + "-" + pair.Due.Month.ToString(),
                PersonId = person.Id,
                UserId = person.UserId,
                Email = person.Email,
                DueUtc = pair.Due,
            });
    }

    public async Task<IReadOnlyDictionary<Guid, MessageContent>> RenderAsync(string subject, IReadOnlyCollection<Guid> personIds, CancellationToken cancellationToken)
    {
        var courseId = Guid.Parse(subject.Split(':')[0]);
        var course = await db.Courses.AsNoTracking().Where(row => row.Id == courseId && row.State == CourseState.Published)
            .Select(row => new { Row = row, Lessons = row.Lessons.Count, HasQuestions = row.Questions.Any(question => question.RetiredUtc == null) }).SingleOrDefaultAsync(cancellationToken);
        if (course is null)
        {
            return new Dictionary<Guid, MessageContent>();
        }

        Guid[] people = [.. personIds];
        var now = clock.UtcNow();
        var away = now.AddDays(-DaysAway);
        var completed = db.Completions.Current(now).Where(completion => completion.CourseId == courseId);
        var passed = db.QuizAttempts.Where(attempt => attempt.CourseId == courseId && attempt.State == AttemptState.Passed);
        // Who has gone on or completed it since the reminder was planned is left alone, and who waits for a session or a leader's word.
        var finished = await db.LessonProgress.Where(progress => progress.Lesson.CourseId == courseId && EF.Parameter(people).Contains(progress.PersonId))
            .Where(progress => !completed.Any(completion => completion.PersonId == progress.PersonId))
            .GroupBy(progress => progress.PersonId)
            .Where(group => group.Max(progress => progress.ActiveUtc) < away)
            .Select(group => new { PersonId = group.Key, Finished = group.Count(progress => progress.FinishedUtc != null), PassedUtc = passed.Where(attempt => attempt.PersonId == group.Key).Max(attempt => attempt.FinishedUtc) })
            .ToListAsync(cancellationToken);
        var hasQuiz = course.Row.AsksQuiz && course.HasQuestions;
        return finished.Where(row => row.Finished < course.Lessons || (hasQuiz && (row.PassedUtc is not { } at || !CompletionEnd.StillCounts(at, course.Row.ValidMonths, now)))).ToDictionary(row => row.PersonId, row => new MessageContent(
            T["Học tiếp: {0}", course.Row.Title],
            row.Finished < course.Lessons
                ? T["Bạn đã xong {0} trong {1} bài của khóa “{2}”. Chỉ vài phút cho bài tiếp theo, dừng ở đâu học tiếp từ đó.", row.Finished, course.Lessons, course.Row.Title]
                : T["Bạn đã đọc xong cả {0} bài của khóa “{1}”. Chỉ còn bài kiểm tra.", course.Lessons, course.Row.Title],
            $"/courses/{course.Row.Slug}"));
    }
}
