namespace TrainingSite.Kernel;

/// <summary>All or nothing, also inside a larger whole.</summary>
public static class TransactionExtensions
{
    /// <summary>Runs the action in the context's running transaction, or in one of its own that is committed at the end.</summary>
    public static async Task InTransactionAsync(this SiteDbContext db, Func<Task> action, CancellationToken cancellationToken = default)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            await action();
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await action();
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Waits until no other transaction holds what bears this name, and holds it to the end of the running one. SQLite lets one write at a time anyhow.</summary>
    public static Task LockAsync(this SiteDbContext db, string name, CancellationToken cancellationToken = default) => db.IsSqlite
        ? Task.CompletedTask
        : db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);
}
