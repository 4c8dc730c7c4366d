using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>
/// Writes down what a member without a device did on paper (R29). A result on paper is an attempt like any other, but for the name of
/// whoever wrote it down; only such ones can be corrected or taken back here.
/// </summary>
public sealed class PaperResultService(SiteDbContext db, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int OldestYears = 5;

    /// <summary>What is wrong with the results that were typed; empty when nothing is.</summary>
    internal async Task<List<Fault>> CheckAsync(Course course, List<PaperQuizForm> results, CancellationToken cancellationToken)
    {
        var asked = Math.Min(course.DrawCount, await db.Questions.CountAsync(question => question.CourseId == course.Id && question.RetiredUtc == null, cancellationToken));
        return [.. results.Index().Where(result => result.Item.IsTyped && !result.Item.IsRemoved).Select(result => Check(result.Item, asked, $"Results[{result.Index}].")).OfType<Fault>()];
    }

    /// <summary>
    /// Adds, corrects and takes back results on paper as they were typed; nothing is written when one that was corrected is gone. Runs in the
    /// transaction of <see cref="CompletionService.WriteAsync(Guid, Func{Task}, CancellationToken)"/>, which saves; the caller recomputes the course.
    /// </summary>
    internal async Task<Result<List<QuizAttempt>>> WriteQuizzesAsync(Guid personId, Course course, List<PaperQuizForm> results, CancellationToken cancellationToken)
    {
        var attempts = await db.QuizAttempts.Where(attempt => attempt.PersonId == personId && attempt.CourseId == course.Id).ToListAsync(cancellationToken);
        var known = attempts.Where(attempt => attempt.RecordedBy is not null).ToDictionary(attempt => attempt.Id);
        var typed = results.FindAll(result => result.IsTyped && !result.IsRemoved);
        if (typed.Find(result => result.Id is { } id && !known.ContainsKey(id)) is { } gone)
        {
            return new Fault("paper_result_unknown", T["Có người vừa bỏ một kết quả mà bạn đang sửa. Số bạn ghi vẫn ở dưới; bấm Lưu thì thành kết quả mới."], Kind: FaultKind.Conflict);
        }

        db.QuizAttempts.RemoveRange(results.Where(result => result.IsRemoved && result.Id is { } id && known.ContainsKey(id)).Select(result => known[result.Id!.Value]));
        var written = new List<QuizAttempt>();
        foreach (var result in typed)
        {
            var attempt = result.Id is { } id ? known[id] : Add(personId, course, attempts);
            var day = VietnamTime.ToUtc(result.Day!.Value.ToDateTime(TimeOnly.MinValue));
            (attempt.Correct, attempt.Total) = (result.Correct!.Value, result.Total!.Value);
            attempt.State = attempt.Correct * 100 >= attempt.PassPercent * attempt.Total ? AttemptState.Passed : AttemptState.Failed;
            (attempt.StartedUtc, attempt.FinishedUtc) = (day, day);
            (attempt.RecordedBy, attempt.RecordedUtc) = (user.Name, clock.UtcNow());
            written.Add(attempt);
        }

        return written;
    }

    /// <summary>Says which lessons of the course the person read on paper. Only what was written from paper is taken back; what they read themselves stays. Runs in the same transaction.</summary>
    internal async Task WriteLessonsAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken)
    {
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
    }

    private QuizAttempt Add(Guid personId, Course course, List<QuizAttempt> attempts)
    {
        var added = new QuizAttempt { PersonId = personId, CourseId = course.Id, Number = attempts.Select(attempt => attempt.Number).DefaultIfEmpty().Max() + 1, PassPercent = course.PassPercent };
        attempts.Add(added);
        db.QuizAttempts.Add(added);
        return added;
    }

    private Fault? Check(PaperQuizForm form, int asked, string field)
    {
        var today = clock.Today();
        if (form.Day is not { } day || day > today || day < today.AddYears(-OldestYears))
        {
            return new("paper_day_invalid", T["Hãy ghi ngày làm bài: không sau hôm nay và không quá {0} năm trước.", OldestYears], field + nameof(form.Day));
        }

        if (form.Total is not (>= 1 and <= 100) || form.Correct is not { } correct || correct < 0 || correct > form.Total)
        {
            return new("paper_score_invalid", T["Hãy ghi số câu đúng và số câu của bài, ví dụ 8 trong 10."], field + nameof(form.Correct));
        }

        // One right answer out of one would pass. A longer paper, with questions of several drawings, is welcome.
        return form.Total < asked
            ? new("paper_total_too_small", T["Bài kiểm tra của khóa này có {0} câu. Hãy ghi số câu của cả bài, ít nhất {0}.", asked], field + nameof(form.Total))
            : null;
    }
}
