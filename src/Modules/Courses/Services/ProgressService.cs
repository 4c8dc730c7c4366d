using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>
/// Remembers how far a person is in their lessons. Saying the same thing twice changes nothing, and what a device tells later counts for its own time:
/// the first opening and the first finishing stand, and the last section read, in whatever order they arrive.
/// </summary>
public sealed class ProgressService(SiteDbContext db, CompletionService completions, TimeProvider clock)
{
    /// <summary>The lesson was opened for the first time. Two devices at once make one row.</summary>
    public Task OpenAsync(Guid personId, Guid lessonId, CancellationToken cancellationToken) =>
        AddAsync(personId, lessonId, clock.UtcNow(), cancellationToken);

    /// <summary>The same, at a time in the past.</summary>
    public async Task OpenAsync(Guid personId, Guid lessonId, DateTime atUtc, CancellationToken cancellationToken)
    {
        await AddAsync(personId, lessonId, atUtc, cancellationToken);
        await Of(personId, lessonId).Where(progress => progress.OpenedUtc > atUtc).ExecuteUpdateAsync(set => set.SetProperty(progress => progress.OpenedUtc, atUtc), cancellationToken);
    }

    /// <summary>
    /// The lesson is done: the person says so, or the package that it plays. The first time stands, but what was written down for them from paper is now their own word.
    /// What follows for the course is saved in the same transaction.
    /// </summary>
    public Task FinishAsync(Guid personId, Guid lessonId, CancellationToken cancellationToken) => FinishAsync(personId, lessonId, clock.UtcNow(), cancellationToken);

    /// <summary>The same, at a time in the past.</summary>
    public Task FinishAsync(Guid personId, Guid lessonId, DateTime atUtc, CancellationToken cancellationToken) => db.InTransactionAsync(
        async () =>
        {
            // Before any row is held: who publishes the course holds the lock and may then take rows of lessons away.
            await PersonLock.TakeAsync(db, personId, cancellationToken);
            await OpenAsync(personId, lessonId, atUtc, cancellationToken);
            await Of(personId, lessonId).Where(progress => progress.FinishedUtc == null || progress.FinishedUtc > atUtc || progress.RecordedBy != null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(progress => progress.FinishedUtc, progress => progress.FinishedUtc < atUtc ? progress.FinishedUtc : atUtc)
                        .SetProperty(progress => progress.RecordedBy, (string?)null)
                        .SetProperty(progress => progress.ActiveUtc, progress => progress.ActiveUtc < atUtc ? atUtc : progress.ActiveUtc),
                    cancellationToken);
            await completions.WriteLessonsAsync(personId, lessonId, cancellationToken);
        },
        cancellationToken);

    /// <summary>Whether that can be the section of a lesson; null for its beginning.</summary>
    internal static bool IsAnchor(string? anchor) => anchor is null || (anchor.Length <= 100 && !anchor.Contains('\0', StringComparison.Ordinal));

    /// <summary>The last section read, for going on there from another device.</summary>
    public async Task RememberAsync(Guid personId, Guid lessonId, string? anchor, CancellationToken cancellationToken)
    {
        await OpenAsync(personId, lessonId, cancellationToken);
        await RememberAsync(personId, lessonId, anchor, clock.UtcNow(), cancellationToken);
    }

    /// <summary>The same for a lesson that is known to be opened, at a time in the past: what was read later on another device stands.</summary>
    public Task RememberAsync(Guid personId, Guid lessonId, string? anchor, DateTime atUtc, CancellationToken cancellationToken) =>
        Of(personId, lessonId).Where(progress => progress.Anchor != anchor && progress.ActiveUtc <= atUtc)
            .ExecuteUpdateAsync(set => set.SetProperty(progress => progress.Anchor, anchor).SetProperty(progress => progress.ActiveUtc, atUtc), cancellationToken);

    // One statement: the page of a lesson must not pay for a read and a tracked write.
    private Task<int> AddAsync(Guid personId, Guid lessonId, DateTime atUtc, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO "Courses_LessonProgress" ("PersonId", "LessonId", "OpenedUtc", "ActiveUtc") VALUES ({personId}, {lessonId}, {atUtc}, {atUtc})
         ON CONFLICT ("PersonId", "LessonId") DO NOTHING
         """,
        cancellationToken);

    private IQueryable<LessonProgress> Of(Guid personId, Guid lessonId) => db.LessonProgress.Where(progress => progress.PersonId == personId && progress.LessonId == lessonId);
}
