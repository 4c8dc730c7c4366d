using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What authors want published and what a second person says of it; publishes what is due.</summary>
public sealed class PublicationService(
    SiteDbContext db, WorkingCopies copies, CourseContents contents, CoursePublisher publisher, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const int LongestNote = 300;

    /// <summary>What an author wants published: at once, or kept for its time, or laid before a second person.</summary>
    /// <param name="working">What the author wrote in.</param>
    /// <param name="note">What changed.</param>
    /// <param name="at">From when readers see it, UTC; null for at once.</param>
    /// <param name="seen">Hash of the content that the author saw; null when nothing was shown.</param>
    /// <param name="mayEnd">Whether completions may end by it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PublishOutcome>> AskAsync(Course working, string? note, DateTime? at, string? seen, bool mayEnd, CancellationToken cancellationToken)
    {
        var course = await copies.CourseOfAsync(working, cancellationToken);
        if (at <= clock.UtcNow())
        {
            return new Fault("publish_time_past", T["Giờ đăng phải ở sau bây giờ. Để trống nếu muốn đăng ngay."], "At");
        }

        var review = publisher.NeedsReview(course, working);
        if (!review && at is null)
        {
            return await publisher.PublishAsync(course, user.Name, Cut(note), isApproved: false, seen is null ? null : new(seen, T.CourseChangedMeanwhile()), mayEnd, cancellationToken);
        }

        var content = await contents.ReadAsync(working, cancellationToken);
        // Whether completions may end by it is for whoever lets it go: the second person, or else who sets the time.
        if (await publisher.TryAsync(course, new(seen ?? content.Fingerprint(), T.CourseChangedMeanwhile()), mayEnd || review, cancellationToken) is { } fault)
        {
            return fault;
        }

        var row = await db.Publications.FindAsync([course.Id], cancellationToken);
        if (row is null)
        {
            row = new() { CourseId = course.Id };
            db.Publications.Add(row);
        }

        row.State = review ? PublicationState.Asked : PublicationState.Scheduled;
        (row.AskedById, row.AskedBy, row.AskedUtc, row.DecidedBy, row.Note, row.PublishAtUtc) = (user.Id, user.Name, clock.UtcNow(), "", Cut(note), at);
        (row.Fingerprint, row.MayEnd) = (content.Fingerprint(), mayEnd);
        return await SaveAsync(review ? PublishOutcome.Asked : PublishOutcome.Scheduled, cancellationToken);
    }

    /// <summary>A second person lets it go: at once, or at the time that the author chose.</summary>
    /// <param name="working">What the author wrote in.</param>
    /// <param name="seen">Hash of the content that the second person saw asked for; null when nothing was shown.</param>
    /// <param name="mayEnd">Whether completions may end by it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<PublishOutcome>> ApproveAsync(Course working, string? seen, bool mayEnd, CancellationToken cancellationToken)
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
            return await publisher.PublishAsync(
                course, T["{0}, {1} duyệt", asked.Value.AskedBy, user.Name], asked.Value.Note, isApproved: true, new(asked.Value.Fingerprint, T.CourseChangedSinceAsked()), mayEnd, cancellationToken);
        }

        if (await publisher.TryAsync(course, new(asked.Value.Fingerprint, T.CourseChangedSinceAsked()), mayEnd, cancellationToken) is { } fault)
        {
            return fault;
        }

        // The trial has let go of everything that was read.
        asked = await FindAskedAsync(course, cancellationToken);
        if (!asked.Succeeded)
        {
            return asked.Faults.ToList();
        }

        (asked.Value.State, asked.Value.DecidedBy, asked.Value.MayEnd) = (PublicationState.Scheduled, user.Name, mayEnd);
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

        Return(asked.Value, user.Name, Cut(note));
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
            var result = await publisher.PublishAsync(
                await db.Courses.SingleAsync(item => item.Id == id, cancellationToken), isApproved ? T["{0}, {1} duyệt", row.AskedBy, row.DecidedBy] : row.AskedBy, row.Note,
                isApproved, isApproved ? new(row.Fingerprint, T.CourseChangedSinceAsked()) : null, row.MayEnd, cancellationToken);
            if (result.Succeeded)
            {
                continue;
            }

            db.ChangeTracker.Clear();
            if (await FindDueAsync(id, now, cancellationToken) is { } left)
            {
                Return(left, "", Cut(result.Faults[0].Message));
                await db.SaveChangesAsync(cancellationToken);
            }
        }
    }

    private void Return(Publication row, string by, string note) => (row.State, row.DecidedBy, row.Note, row.ReturnedUtc) = (PublicationState.Returned, by, note, clock.UtcNow());

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
            return T.CourseChangedMeanwhile();
        }
    }

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
