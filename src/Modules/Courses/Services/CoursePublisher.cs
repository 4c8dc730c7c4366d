using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Brings courses to their readers, and keeps a version each time.</summary>
public sealed class CoursePublisher(
    SiteDbContext db, CourseContents contents, LessonMedia media, QuestionPictures pictures, CompletionService completions, EventPublisher events, IOptions<CourseOptions> options, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Code of the fault of a publication that would end completions.</summary>
    internal const string EndsCompletions = "publish_ends_completions";

    /// <summary>Whether a second person must look first: the site, the course or its working copy says so.</summary>
    public bool NeedsReview(Course course, Course working) => options.Value.ReviewRequired || course.ReviewRequired || working.ReviewRequired;

    /// <summary>Publishes what was written.</summary>
    /// <param name="course">The course.</param>
    /// <param name="by">Who, for the version.</param>
    /// <param name="note">What changed, for the version.</param>
    /// <param name="isApproved">Whether a second person has looked.</param>
    /// <param name="seen">What was looked at; null when nothing was shown.</param>
    /// <param name="mayEnd">Whether completions may end by it; if not, and some would, nothing is published and the fault says how many.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal Task<Result<PublishOutcome>> PublishAsync(Course course, string by, string note, bool isApproved, SeenContent? seen, bool mayEnd, CancellationToken cancellationToken) =>
        PublishAsync(course, by, note, isApproved, seen, mayEnd, isTrial: false, cancellationToken);

    /// <summary>What would keep the course from being published now, that completions would end by it too; null for nothing. All stays as it is.</summary>
    /// <param name="course">The course.</param>
    /// <param name="seen">What was looked at; null when nothing was shown.</param>
    /// <param name="mayEnd">Whether completions may end by it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    internal async Task<Fault?> TryAsync(Course course, SeenContent? seen, bool mayEnd, CancellationToken cancellationToken) =>
        await PublishAsync(course, "", "", isApproved: true, seen, mayEnd, isTrial: true, cancellationToken) is { Succeeded: false } refused ? refused.Faults[0] : null;

    private async Task<Result<PublishOutcome>> PublishAsync(Course course, string by, string note, bool isApproved, SeenContent? seen, bool mayEnd, bool isTrial, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Before anything is read: who writes meanwhile waits, and then finds that the course moved on.
            if (!await db.MoveOnAndReadAsync(course, cancellationToken))
            {
                return T.CourseChangedMeanwhile();
            }

            var working = await WorkingAsync(course, cancellationToken);
            if (working != course && !await db.MoveOnAndReadAsync(working, cancellationToken))
            {
                return T.CourseChangedMeanwhile();
            }

            var content = await contents.ReadAsync(working, cancellationToken);
            // Two courses that each ask for the other, published in one moment: the later of them sees the earlier.
            await db.LockAsync("course prerequisites", cancellationToken);
            if (await CheckAsync(course, working, content, cancellationToken) is { } fault)
            {
                return fault;
            }

            if (!isApproved && NeedsReview(course, working))
            {
                return new Fault("review_missing", T["Khóa học cần người thứ hai duyệt trước khi đăng. Hãy gửi duyệt."]);
            }

            if (seen is not null && seen.Fingerprint != content.Fingerprint())
            {
                return seen.Otherwise;
            }

            var written = await WriteAsync(course, working, content, by, note, cancellationToken);
            await events.PublishAsync(new CourseChanged(course, written.Lessons, written.Removed), cancellationToken);
            await completions.RecomputeAsync(course, cancellationToken);
            if (!mayEnd && db.ChangeTracker.Entries<Completion>().Count(IsEnding) is > 0 and var ending)
            {
                db.ChangeTracker.Clear();
                return new Fault(EndsCompletions, T["Chưa đăng: nếu đăng bản này, {0} người đã hoàn thành sẽ không còn được tính là hoàn thành, giấy chứng nhận của họ cũng hết hiệu lực. Thường là vì thêm bài mới hoặc điều kiện mới. Nếu vẫn muốn đăng, hãy bấm nút một lần nữa.", ending], Kind: FaultKind.Conflict);
            }

            if (isTrial)
            {
                db.ChangeTracker.Clear();
                return PublishOutcome.Scheduled;
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return PublishOutcome.Published;
        }
        catch (DbUpdateException)
        {
            // Somebody else published, or took the wish back, at the same moment.
            db.ChangeTracker.Clear();
            return T.CourseChangedMeanwhile();
        }
    }

    /// <summary>Puts a version back into the working copy; readers see it when it is published.</summary>
    public async Task<Result<Course>> RestoreAsync(Course working, CourseVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (!await db.MoveOnAsync(working, clock.UtcNow(), cancellationToken))
            {
                return T.CourseChangedMeanwhile();
            }

            var written = await contents.WriteAsync(working, CourseContent.FromJson(version.Content), cancellationToken);
            await events.PublishAsync(new CourseChanged(working, written.Lessons, written.Removed), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return working;
        }
        catch (DbUpdateException)
        {
            return T.CourseChangedMeanwhile();
        }
    }

    private async Task<WrittenLessons> WriteAsync(Course course, Course working, CourseContent content, string by, string note, CancellationToken cancellationToken)
    {
        var number = await db.CourseVersions.Where(version => version.CourseId == course.Id).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
        if (number == 0 && course.State == CourseState.Published)
        {
            // What was published before versions were kept is not lost either.
            Keep(course, ++number, await contents.ReadAsync(course, cancellationToken), course.UpdatedUtc, "", "");
        }

        var versions = await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == working.Id).ToDictionaryAsync(lesson => lesson.Slug, lesson => lesson.Version, cancellationToken);
        var written = await contents.WriteAsync(course, content, cancellationToken);
        foreach (var lesson in written.Lessons)
        {
            lesson.Version = db.Entry(lesson).State == EntityState.Added ? versions[lesson.Slug] : LaterVersion(lesson.Version, versions[lesson.Slug]);
        }

        if (working != course)
        {
            TakeOver(course, working);
            db.Courses.Remove(working);
        }

        (course.State, course.UpdatedUtc) = (CourseState.Published, clock.UtcNow());
        Keep(course, number + 1, content, clock.UtcNow(), by, note);
        if (await db.Publications.FindAsync([course.Id], cancellationToken) is { } pending)
        {
            db.Publications.Remove(pending);
        }

        return written;
    }

    /// <summary>
    /// The larger of both, so that no form opened earlier fits what is there now, and who has the newest open goes on. One less, because saving adds one.
    /// </summary>
    private static int LaterVersion(int published, int written) => Math.Max(published, written - 1);

    /// <summary>All that a course's form can say, also what course files do not hold; who it is and where it stands stay.</summary>
    private void TakeOver(Course course, Course working)
    {
        var values = db.Entry(working).CurrentValues.Clone();
        values[nameof(Course.Id)] = course.Id;
        values[nameof(Course.Slug)] = course.Slug;
        values[nameof(Course.DraftOfId)] = null;
        values[nameof(Course.Revision)] = course.Revision;
        values[nameof(Course.Version)] = LaterVersion(course.Version, working.Version);
        values[nameof(Course.State)] = course.State;
        db.Entry(course).CurrentValues.SetValues(values);
    }

    private void Keep(Course course, int number, CourseContent content, DateTime published, string by, string note) =>
        db.CourseVersions.Add(new() { CourseId = course.Id, Number = number, Content = content.ToJson(), PublishedUtc = published, PublishedBy = by, Note = note });

    private async Task<Course> WorkingAsync(Course course, CancellationToken cancellationToken) =>
        await db.Courses.SingleOrDefaultAsync(row => row.DraftOfId == course.Id, cancellationToken) ?? course;

    private static bool IsEnding(EntityEntry<Completion> entry) =>
        entry is { State: EntityState.Modified, Entity.RevokedUtc: not null } && entry.OriginalValues.GetValue<DateTime?>(nameof(Completion.RevokedUtc)) is null;

    /// <summary>A file that a lesson or question shows and that is gone: deleted since it was written, or since the version that was put back.</summary>
    private async Task<Fault?> FindMissingFileAsync(CourseContent content, CancellationToken cancellationToken)
    {
        var files = await media.FindAsync(content.Texts.Values, cancellationToken);
        foreach (var lesson in content.Course.Lessons)
        {
            if (LessonMedia.Names(content.Texts[lesson.Slug]).FirstOrDefault(name => !files.ContainsKey(name)) is { } gone)
            {
                return new("course_file_missing", T["Bài “{0}” dùng tệp {1}, không còn trong kho. Hãy thay hoặc bỏ tệp này rồi đăng.", lesson.Title, gone]);
            }
        }

        var shown = await pictures.FindAsync(content.Questions.SelectMany(item => QuestionPictures.NamesOf(item.Options, item.Scene)), cancellationToken);
        var question = content.Questions.FirstOrDefault(item => QuestionPictures.NamesOf(item.Options, item.Scene).Any(name => !shown.ContainsKey(name)));
        return question is null ? null : new("course_file_missing", T["Câu {0} dùng hình không còn trong kho. Hãy thay hình rồi đăng.", question.Key]);
    }

    /// <summary>What is missing before the course can be published; null for nothing.</summary>
    internal async Task<Fault?> CheckAsync(Course course, Course working, CourseContent content, CancellationToken cancellationToken)
    {
        if (!await db.Lessons.AnyAsync(lesson => lesson.CourseId == working.Id, cancellationToken))
        {
            return new("course_empty", T["Khóa học cần ít nhất một bài học trước khi đăng."]);
        }

        if (working.AsksQuiz && !await db.Questions.AnyAsync(question => question.CourseId == working.Id && question.RetiredUtc == null, cancellationToken))
        {
            return new("course_without_questions", T["Khóa học tính điểm bài kiểm tra nhưng chưa có câu hỏi. Hãy soạn câu hỏi, hoặc bỏ điều kiện bài kiểm tra."]);
        }

        var required = await db.CoursePrerequisites.Where(row => row.CourseId == working.Id).Select(row => row.RequiredId).ToListAsync(cancellationToken);
        return await contents.LeadsBackAsync(course, required, cancellationToken)
            ? new("course_requires_itself", T["Một khóa cần hoàn thành trước khóa này lại cần chính khóa này. Hãy bỏ bớt ở “Cần hoàn thành khóa nào trước bài kiểm tra”."])
            : await FindMissingFileAsync(content, cancellationToken);
    }
}

/// <summary>What somebody saw before it was published.</summary>
/// <param name="Fingerprint">Its hash.</param>
/// <param name="Otherwise">What to say when it is no longer what is there.</param>
internal sealed record SeenContent(string Fingerprint, Fault Otherwise);
