using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>
/// Writes down what a member without a device did on paper (R29). A result on paper is an attempt like any other, but for the name of
/// whoever wrote it down; only such ones can be corrected or taken back here.
/// </summary>
public sealed class PaperResultService(SiteDbContext db, CompletionService completions, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int OldestYears = 5;

    /// <summary>Adds a result, or corrects the one with that key.</summary>
    internal async Task<Result<QuizAttempt>> WriteQuizAsync(Guid personId, Course course, Guid? attemptId, PaperQuizForm form, CancellationToken cancellationToken)
    {
        if (Check(form) is { } fault)
        {
            return fault;
        }

        return await completions.WriteAsync<Result<QuizAttempt>>(
            personId,
            async () =>
            {
                var attempt = await FindAsync(personId, course, attemptId, cancellationToken);
                if (attempt is null)
                {
                    return new Fault("paper_result_unknown", T["Kết quả này không còn. Có thể người khác vừa bỏ."], Kind: FaultKind.NotFound);
                }

                var day = VietnamTime.ToUtc(form.Day!.Value.ToDateTime(TimeOnly.MinValue));
                (attempt.Correct, attempt.Total) = (form.Correct!.Value, form.Total!.Value);
                attempt.State = attempt.Correct * 100 >= attempt.PassPercent * attempt.Total ? AttemptState.Passed : AttemptState.Failed;
                (attempt.StartedUtc, attempt.FinishedUtc) = (day, day);
                (attempt.RecordedBy, attempt.RecordedUtc) = (user.Name, clock.UtcNow());
                await completions.RecomputeAsync(course, [personId], cancellationToken);
                return attempt;
            },
            cancellationToken);
    }

    /// <summary>Takes a result on paper back; nothing happens when it is gone.</summary>
    internal Task RemoveQuizAsync(Guid personId, Course course, Guid attemptId, CancellationToken cancellationToken) => completions.WriteAsync(
        personId,
        async () =>
        {
            if (await FindAsync(personId, course, attemptId, cancellationToken) is { } attempt)
            {
                db.QuizAttempts.Remove(attempt);
                await completions.RecomputeAsync(course, [personId], cancellationToken);
            }
        },
        cancellationToken);

    /// <summary>Says which lessons of the course the person read on paper. Only what was written from paper is taken back; what they read themselves stays.</summary>
    internal Task WriteLessonsAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken) => db.InTransactionAsync(async () =>
    {
        await PersonLock.TakeAsync(db, personId, cancellationToken);
        var (now, name) = (clock.UtcNow(), user.Name);
        var lessons = await db.Lessons.Where(lesson => lesson.CourseId == course.Id).Select(lesson => lesson.Id).ToListAsync(cancellationToken);
        foreach (var lesson in lessons.Where(boxes.Added.Contains))
        {
            // One statement: the member may be opening or finishing the lesson at this moment.
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO "Courses_LessonProgress" ("PersonId", "LessonId", "OpenedUtc", "ActiveUtc", "FinishedUtc", "RecordedBy") VALUES ({personId}, {lesson}, {now}, {now}, {now}, {name})
                 ON CONFLICT ("PersonId", "LessonId") DO UPDATE SET "ActiveUtc" = {now}, "FinishedUtc" = {now}, "RecordedBy" = {name} WHERE "Courses_LessonProgress"."FinishedUtc" IS NULL
                 """,
                cancellationToken);
        }

        Guid[] takenBack = [.. lessons.Where(boxes.TakenBack.Contains)];
        var written = db.LessonProgress.Where(progress => progress.PersonId == personId && EF.Parameter(takenBack).Contains(progress.LessonId) && progress.RecordedBy != null);
        // The member was in it before or since: that they began stays theirs.
        await written.Where(progress => progress.OpenedUtc < progress.FinishedUtc || progress.ActiveUtc > progress.FinishedUtc)
            .ExecuteUpdateAsync(set => set.SetProperty(progress => progress.FinishedUtc, (DateTime?)null).SetProperty(progress => progress.RecordedBy, (string?)null), cancellationToken);
        await written.ExecuteDeleteAsync(cancellationToken);
        await completions.WriteLessonsAsync(personId, course, cancellationToken);
    }, cancellationToken);

    private async Task<QuizAttempt?> FindAsync(Guid personId, Course course, Guid? attemptId, CancellationToken cancellationToken)
    {
        var attempts = db.QuizAttempts.Where(attempt => attempt.PersonId == personId && attempt.CourseId == course.Id);
        if (attemptId is { } id)
        {
            return await attempts.SingleOrDefaultAsync(attempt => attempt.Id == id && attempt.RecordedBy != null, cancellationToken);
        }

        var last = await attempts.MaxAsync(attempt => (int?)attempt.Number, cancellationToken) ?? 0;
        var added = new QuizAttempt { PersonId = personId, CourseId = course.Id, Number = last + 1, PassPercent = course.PassPercent };
        db.QuizAttempts.Add(added);
        return added;
    }

    private Fault? Check(PaperQuizForm form)
    {
        var today = clock.Today();
        if (form.Day is not { } day || day > today || day < today.AddYears(-OldestYears))
        {
            return new("paper_day_invalid", T["Hãy ghi ngày làm bài: không sau hôm nay và không quá {0} năm trước.", OldestYears], nameof(form.Day));
        }

        return form.Total is not (>= 1 and <= 100) || form.Correct is not { } correct || correct < 0 || correct > form.Total
            ? new("paper_score_invalid", T["Hãy ghi số câu đúng và số câu của bài, ví dụ 8 trong 10."], nameof(form.Correct))
            : null;
    }
}

/// <summary>A result on paper as it is typed.</summary>
public sealed class PaperQuizForm
{
    [Display(Name = "ngày làm bài")]
    public DateOnly? Day { get; set; }

    [Display(Name = "số câu đúng")]
    public int? Correct { get; set; }

    [Display(Name = "số câu của bài")]
    public int? Total { get; set; }
}
