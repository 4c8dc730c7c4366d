using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Remembers how far a person is in their lessons. Saying the same thing twice changes nothing.</summary>
public sealed class ProgressService(SiteDbContext db, CompletionService completions, TimeProvider clock)
{
    /// <summary>The lesson was opened for the first time. Two devices at once make one row.</summary>
    public async Task OpenAsync(Guid personId, Guid lessonId, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        // One statement: the page of a lesson must not pay for a read and a tracked write.
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO "Courses_LessonProgress" ("PersonId", "LessonId", "OpenedUtc", "ActiveUtc") VALUES ({personId}, {lessonId}, {now}, {now})
             ON CONFLICT ("PersonId", "LessonId") DO NOTHING
             """,
            cancellationToken);
    }

    /// <summary>
    /// The lesson is done: the person says so, or the package that it plays. The first time stands, but what was written down for them from paper is now their own word.
    /// What follows for the course is saved in the same transaction.
    /// </summary>
    public Task FinishAsync(Guid personId, Guid lessonId, CancellationToken cancellationToken) => db.InTransactionAsync(
        async () =>
        {
            await OpenAsync(personId, lessonId, cancellationToken);
            var now = clock.UtcNow();
            await db.LessonProgress.Where(progress => progress.PersonId == personId && progress.LessonId == lessonId && (progress.FinishedUtc == null || progress.RecordedBy != null))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(progress => progress.FinishedUtc, progress => progress.FinishedUtc ?? now).SetProperty(progress => progress.RecordedBy, (string?)null).SetProperty(progress => progress.ActiveUtc, now),
                    cancellationToken);
            await completions.WriteLessonsAsync(personId, lessonId, cancellationToken);
        },
        cancellationToken);

    /// <summary>The last section read, for going on there from another device.</summary>
    public async Task RememberAsync(Guid personId, Guid lessonId, string? anchor, CancellationToken cancellationToken)
    {
        await OpenAsync(personId, lessonId, cancellationToken);
        var now = clock.UtcNow();
        await db.LessonProgress.Where(progress => progress.PersonId == personId && progress.LessonId == lessonId && progress.Anchor != anchor)
            .ExecuteUpdateAsync(set => set.SetProperty(progress => progress.Anchor, anchor).SetProperty(progress => progress.ActiveUtc, now), cancellationToken);
    }
}
