using Microsoft.EntityFrameworkCore.Storage;

namespace TrainingSite.Sessions.Services;

/// <summary>A service does its work in one transaction, or in that of the recipe or command that called it.</summary>
internal static class Transactions
{
    /// <summary>Opens a transaction, or null when one is running already: then whoever opened it commits.</summary>
    public static async Task<IDbContextTransaction?> BeginUnlessRunningAsync(this SiteDbContext db, CancellationToken cancellationToken) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;

    /// <summary>Commits what <see cref="BeginUnlessRunningAsync"/> opened.</summary>
    public static Task FinishAsync(this IDbContextTransaction? transaction, CancellationToken cancellationToken) =>
        transaction is null ? Task.CompletedTask : transaction.CommitAsync(cancellationToken);
}
