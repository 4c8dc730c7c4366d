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
    /// <param name="seen">Hash of the content that the author saw; null when nothing was shown.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PublishOutcome>> AskAsync(Course working, string? note, DateTime? at, string? seen, CancellationToken cancellationToken)
    {
        var course = await copies.CourseOfAsync(working, cancellationToken);
        if (at <= clock.UtcNow())
        {
            return new Fault("publish_time_past", T["Giờ đăng phải ở sau bây giờ. Để trống nếu muốn đăng ngay."], "At");
        }

        var review = NeedsReview(course, working);
        if (!review && at is null)
        {
            return await PublishAsync(course, user.Name, Cut(note), isApproved: false, seen is null ? null : new(seen, Changed()), cancellationToken);
        }

        var content = await contents.ReadAsync(working, cancellationToken);
        if (await CheckAsync(course, working, cancellationToken) is { } fault)
        {
            return fault;
        }

        if (seen is not null && seen != content.Fingerprint())
        {
            return Changed();
        }

        var row = await db.Publications.FindAsync([course.Id], cancellationToken);
        if (row is null)
        {
            row = new() { CourseId = course.Id };
            db.Publications.Add(row);
        }

        row.State = review ? PublicationState.Asked : PublicationState.Scheduled;
        (row.AskedById, row.AskedBy, row.AskedUtc, row.DecidedBy, row.Note, row.PublishAtUtc) = (user.Id, user.Name, clock.UtcNow(), "", Cut(note), at);
        row.Fingerprint = content.Fingerprint();
        return await SaveAsync(review ? PublishOutcome.Asked : PublishOutcome.Scheduled, cancellationToken);
    }

    /// <summary>A second person lets it go: at once, or at the time that the author chose.</summary>
    /// <param name="working">What the author wrote in.</param>
    /// <param name="seen">Hash of the content that the second person saw asked for; null when nothing was shown.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PublishOutcome>> ApproveAsync(Course working, string? seen, CancellationToken cancellationToken)
    {
        var course = await copies.CourseOfAsync(working, cancellationToken);
        var asked = await FindAskedAsync(course, cancellationToken);
        if (!asked.Succeeded)
        {
            return asked.Faults.ToList();
        }

        if (seen is not null && seen != asked.Value.Fingerprint)
        {
            return new Fault("asked_anew", T["Người soạn vừa gửi bản mới hơn bản bạn đã xem. Hãy xem lại rồi duyệt."], Kind: FaultKind.Conflict);
        }

        if (asked.Value.PublishAtUtc <= clock.UtcNow() || asked.Value.PublishAtUtc is null)
        {
            return await PublishAsync(
                course, T["{0}, {1} duyệt", asked.Value.AskedBy, user.Name], asked.Value.Note, isApproved: true, new(asked.Value.Fingerprint, ChangedSinceAsked()), cancellationToken);
        }

        if ((await contents.ReadAsync(working, cancellationToken)).Fingerprint() != asked.Value.Fingerprint)
        {
            return ChangedSinceAsked();
        }

        if (await CheckAsync(course, working, cancellationToken) is { } fault)
        {
            return fault;
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
            if (await FindDueAsync(id, now, cancellationToken) is not { } row)
            {
                continue;
            }

            var isApproved = row.DecidedBy.Length > 0;
            var result = await PublishAsync(
                await db.Courses.SingleAsync(item => item.Id == id, cancellationToken), isApproved ? T["{0}, {1} duyệt", row.AskedBy, row.DecidedBy] : row.AskedBy, row.Note,
                isApproved, isApproved ? new(row.Fingerprint, ChangedSinceAsked()) : null, cancellationToken);
            if (result.Succeeded)
            {
                continue;
            }

            db.ChangeTracker.Clear();
            if (await FindDueAsync(id, now, cancellationToken) is { } left)
            {
                (left.State, left.DecidedBy, left.Note) = (PublicationState.Returned, "", Cut(result.Faults[0].Message));
                await db.SaveChangesAsync(cancellationToken);
            }
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
                return Changed();
            }

            var written = await contents.WriteAsync(working, CourseContent.FromJson(version.Content), cancellationToken);
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

    private async Task<Result<PublishOutcome>> PublishAsync(Course course, string by, string note, bool isApproved, SeenContent? seen, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            // Before anything is read: who writes meanwhile waits, and then finds that the course moved on.
            if (!await db.MoveOnAndReadAsync(course, cancellationToken))
            {
                return Changed();
            }

            var working = await WorkingAsync(course, cancellationToken);
            if (working != course && !await db.MoveOnAndReadAsync(working, cancellationToken))
            {
                return Changed();
            }

            var content = await contents.ReadAsync(working, cancellationToken);
            if (await CheckAsync(course, working, cancellationToken) is { } fault)
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
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return PublishOutcome.Published;
        }
        catch (DbUpdateException)
        {
            // Somebody else published, or took the wish back, at the same moment.
            db.ChangeTracker.Clear();
            return Changed();
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

    private async Task<Fault?> CheckAsync(Course course, Course working, CancellationToken cancellationToken)
    {
        if (!await db.Lessons.AnyAsync(lesson => lesson.CourseId == working.Id, cancellationToken))
        {
            return new("course_empty", T["Khóa học cần ít nhất một bài học trước khi đăng."]);
        }

        if (working.QuizRequired && !await db.Questions.AnyAsync(question => question.CourseId == working.Id && question.RetiredUtc == null, cancellationToken))
        {
            return new("course_without_questions", T["Khóa học tính điểm bài kiểm tra nhưng chưa có câu hỏi. Hãy soạn câu hỏi, hoặc bỏ điều kiện bài kiểm tra."]);
        }

        var required = await db.CoursePrerequisites.Where(row => row.CourseId == working.Id).Select(row => row.RequiredId).ToListAsync(cancellationToken);
        return await contents.LeadsBackAsync(course, required, cancellationToken)
            ? new("course_requires_itself", T["Một khóa cần hoàn thành trước khóa này lại cần chính khóa này. Hãy bỏ bớt ở “Cần hoàn thành khóa nào trước bài kiểm tra”."])
            : null;
    }

    private Task<Publication?> FindDueAsync(Guid course, DateTime now, CancellationToken cancellationToken) =>
        db.Publications.SingleOrDefaultAsync(row => row.CourseId == course && row.State == PublicationState.Scheduled && row.PublishAtUtc <= now, cancellationToken);

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

    private Fault ChangedSinceAsked() => new("course_changed_since_asked", T["Khóa học đã được sửa sau khi gửi duyệt. Người soạn cần gửi lại bản mới."], Kind: FaultKind.Conflict);

    private Fault Changed() => new("course_changed_meanwhile", T["Có người vừa sửa hoặc đăng khóa học này. Hãy mở lại trang để xem."], Kind: FaultKind.Conflict);

    private static string Cut(string? text) => VietnameseText.Clean(text ?? "") is var clean && clean.Length > LongestNote ? clean[..LongestNote] : clean;

    /// <summary>What somebody saw before it was published.</summary>
    /// <param name="Fingerprint">Its hash.</param>
    /// <param name="Otherwise">What to say when it is no longer what is there.</param>
    private sealed record SeenContent(string Fingerprint, Fault Otherwise);
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
