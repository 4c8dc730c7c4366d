using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Brings courses to their readers: at once, at a time, after a second person has looked. Each time a version is kept.</summary>
public sealed class CoursePublisher(
    SiteDbContext db, WorkingCopies copies, CourseContents contents, CompletionService completions, EventPublisher events, IOptions<CourseOptions> options, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int LongestNote = 300;

    /// <summary>Whether a second person must look first: the site, the course or its working copy says so.</summary>
    public bool NeedsReview(Course course, Course working) => options.Value.ReviewRequired || course.ReviewRequired || working.ReviewRequired;

    /// <summary>What an author wants published: at once, or kept for its time, or laid before a second person.</summary>
    /// <param name="working">What the author wrote in.</param>
    /// <param name="note">What changed.</param>
    /// <param name="at">From when readers see it, UTC; null for at once.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PublishOutcome>> AskAsync(Course working, string? note, DateTime? at, CancellationToken cancellationToken)
    {
        var course = await copies.CourseOfAsync(working, cancellationToken);
        if (await CheckAsync(working, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (at <= clock.UtcNow())
        {
            return new Fault("publish_time_past", T["Giờ đăng phải ở sau bây giờ. Để trống nếu muốn đăng ngay."], "At");
        }

        var review = NeedsReview(course, working);
        if (!review && at is null)
        {
            return await PublishAsync(course, user.Name, Cut(note), cancellationToken);
        }

        var row = await db.Publications.FindAsync([course.Id], cancellationToken);
        if (row is null)
        {
            row = new() { CourseId = course.Id };
            db.Publications.Add(row);
        }

        row.State = review ? PublicationState.Asked : PublicationState.Scheduled;
        (row.AskedById, row.AskedBy, row.AskedUtc, row.DecidedBy, row.Note, row.PublishAtUtc) = (user.Id, user.Name, clock.UtcNow(), "", Cut(note), at);
        row.Fingerprint = (await contents.ReadAsync(working, cancellationToken)).Fingerprint();
        return await SaveAsync(review ? PublishOutcome.Asked : PublishOutcome.Scheduled, cancellationToken);
    }

    /// <summary>A second person lets it go: at once, or at the time that the author chose.</summary>
    public async Task<Result<PublishOutcome>> ApproveAsync(Course working, CancellationToken cancellationToken)
    {
        var course = await copies.CourseOfAsync(working, cancellationToken);
        var asked = await FindAskedAsync(course, cancellationToken);
        if (!asked.Succeeded)
        {
            return asked.Faults.ToList();
        }

        if ((await contents.ReadAsync(working, cancellationToken)).Fingerprint() != asked.Value.Fingerprint)
        {
            return new Fault("course_changed_since_asked", T["Khóa học đã được sửa sau khi gửi duyệt. Người soạn cần gửi lại bản mới."], Kind: FaultKind.Conflict);
        }

        if (asked.Value.PublishAtUtc <= clock.UtcNow() || asked.Value.PublishAtUtc is null)
        {
            return await PublishAsync(course, T["{0}, {1} duyệt", asked.Value.AskedBy, user.Name], asked.Value.Note, cancellationToken);
        }

        (asked.Value.State, asked.Value.DecidedBy) = (PublicationState.Scheduled, user.Name);
        return await SaveAsync(PublishOutcome.Scheduled, cancellationToken);
    }

    /// <summary>A second person sends it back and says why.</summary>
    public async Task<Result<PublishOutcome>> ReturnAsync(Course working, string? note, CancellationToken cancellationToken)
    {
        var asked = await FindAskedAsync(await copies.CourseOfAsync(working, cancellationToken), cancellationToken);
        if (!asked.Succeeded)
        {
            return asked.Faults.ToList();
        }

        if (Cut(note).Length == 0)
        {
            return new Fault("review_note_missing", T["Hãy ghi cần sửa gì, để người soạn biết."], "Note");
        }

        (asked.Value.State, asked.Value.DecidedBy, asked.Value.Note) = (PublicationState.Returned, user.Name, Cut(note));
        return await SaveAsync(PublishOutcome.Returned, cancellationToken);
    }

    /// <summary>Takes a wish back; what was written stays.</summary>
    public Task WithdrawAsync(Course working, CancellationToken cancellationToken)
    {
        var id = working.DraftOfId ?? working.Id;
        return db.Publications.Where(row => row.CourseId == id).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Publishes what is due. What can no longer be published goes back to its author with the reason.</summary>
    public async Task PublishDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var due = await db.Publications.Where(row => row.State == PublicationState.Scheduled && row.PublishAtUtc <= now).OrderBy(row => row.PublishAtUtc).Select(row => row.CourseId).ToListAsync(cancellationToken);
        foreach (var id in due)
        {
            db.ChangeTracker.Clear();
            var row = await db.Publications.SingleAsync(publication => publication.CourseId == id, cancellationToken);
            var course = await db.Courses.SingleAsync(item => item.Id == id, cancellationToken);
            var working = await WorkingAsync(course, cancellationToken);
            var isApproved = row.DecidedBy.Length > 0;
            var fault = isApproved && (await contents.ReadAsync(working, cancellationToken)).Fingerprint() != row.Fingerprint
                ? T["Khóa học đã được sửa sau khi gửi duyệt. Người soạn cần gửi lại bản mới."].Value
                : (await CheckAsync(working, cancellationToken))?.Message;
            if (fault is null)
            {
                await PublishAsync(course, isApproved ? T["{0}, {1} duyệt", row.AskedBy, row.DecidedBy] : row.AskedBy, row.Note, cancellationToken);
                continue;
            }

            (row.State, row.Note) = (PublicationState.Returned, Cut(fault));
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Puts a version back into the working copy; readers see it when it is published.</summary>
    public async Task<Result<Course>> RestoreAsync(Course working, CourseVersion version, CancellationToken cancellationToken)
    {
        var written = await contents.WriteAsync(working, CourseContent.FromJson(version.Content), cancellationToken);
        working.UpdatedUtc = clock.UtcNow();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await events.PublishAsync(new CourseChanged(working, written.Lessons, written.Removed), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return working;
        }
        catch (DbUpdateException)
        {
            return Changed();
        }
    }

    private async Task<Result<PublishOutcome>> PublishAsync(Course course, string by, string note, CancellationToken cancellationToken)
    {
        var working = await WorkingAsync(course, cancellationToken);
        var number = await db.CourseVersions.Where(version => version.CourseId == course.Id).MaxAsync(version => (int?)version.Number, cancellationToken) ?? 0;
        if (number == 0 && course.State == CourseState.Published)
        {
            // What was published before versions were kept is not lost either.
            Keep(course, ++number, await contents.ReadAsync(course, cancellationToken), course.UpdatedUtc, "", "");
        }

        var content = await contents.ReadAsync(working, cancellationToken);
        var written = await contents.WriteAsync(course, content, cancellationToken);
        if (working != course)
        {
            TakeOver(course, working);
            db.Courses.Remove(working);
        }

        (course.State, course.UpdatedUtc, course.Revision) = (CourseState.Published, clock.UtcNow(), course.Revision + 1);
        Keep(course, number + 1, content, clock.UtcNow(), by, note);
        if (await db.Publications.FindAsync([course.Id], cancellationToken) is { } pending)
        {
            db.Publications.Remove(pending);
        }

        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await events.PublishAsync(new CourseChanged(course, written.Lessons, written.Removed), cancellationToken);
            await completions.RecomputeAsync(course, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return PublishOutcome.Published;
        }
        catch (DbUpdateException)
        {
            // Somebody else published, or wrote on, at the same moment.
            db.ChangeTracker.Clear();
            return Changed();
        }
    }

    /// <summary>All that a course's form can say, also what course files do not hold; who it is and where it stands stay.</summary>
    private void TakeOver(Course course, Course working)
    {
        var values = db.Entry(working).CurrentValues.Clone();
        values[nameof(Course.Id)] = course.Id;
        values[nameof(Course.Slug)] = course.Slug;
        values[nameof(Course.DraftOfId)] = null;
        values[nameof(Course.Revision)] = course.Revision;
        values[nameof(Course.Version)] = course.Version;
        values[nameof(Course.State)] = course.State;
        db.Entry(course).CurrentValues.SetValues(values);
    }

    private void Keep(Course course, int number, CourseContent content, DateTime published, string by, string note) =>
        db.CourseVersions.Add(new() { CourseId = course.Id, Number = number, Content = content.ToJson(), PublishedUtc = published, PublishedBy = by, Note = note });

    private async Task<Course> WorkingAsync(Course course, CancellationToken cancellationToken) =>
        await db.Courses.SingleOrDefaultAsync(row => row.DraftOfId == course.Id, cancellationToken) ?? course;

    private async Task<Fault?> CheckAsync(Course working, CancellationToken cancellationToken)
    {
        if (!await db.Lessons.AnyAsync(lesson => lesson.CourseId == working.Id, cancellationToken))
        {
            return new("course_empty", T["Khóa học cần ít nhất một bài học trước khi đăng."]);
        }

        return working.QuizRequired && !await db.Questions.AnyAsync(question => question.CourseId == working.Id && question.RetiredUtc == null, cancellationToken)
            ? new("course_without_questions", T["Khóa học tính điểm bài kiểm tra nhưng chưa có câu hỏi. Hãy soạn câu hỏi, hoặc bỏ điều kiện bài kiểm tra."])
            : null;
    }

    private async Task<Result<Publication>> FindAskedAsync(Course course, CancellationToken cancellationToken)
    {
        if (await db.Publications.FindAsync([course.Id], cancellationToken) is not { State: PublicationState.Asked } asked)
        {
            return new Fault("nothing_asked", T["Khóa học này không còn chờ duyệt."], Kind: FaultKind.Conflict);
        }

        return asked.AskedById == user.Id
            ? new Fault("review_by_author", T["Cần một người khác duyệt: bạn là người gửi."], Kind: FaultKind.Forbidden)
            : asked;
    }

    private async Task<Result<PublishOutcome>> SaveAsync(PublishOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return outcome;
        }
        catch (DbUpdateException)
        {
            return Changed();
        }
    }

    private Fault Changed() => new("course_changed_meanwhile", T["Có người vừa sửa hoặc đăng khóa học này. Hãy mở lại trang để xem."], Kind: FaultKind.Conflict);

    private static string Cut(string? text) => VietnameseText.Clean(text ?? "") is var clean && clean.Length > LongestNote ? clean[..LongestNote] : clean;
}

/// <summary>What became of a wish to publish.</summary>
public enum PublishOutcome
{
    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>It waits for its time.</summary>
    Scheduled,

    /// <summary>It waits for a second person.</summary>
    Asked,

    /// <summary>It was sent back.</summary>
    Returned,
}
