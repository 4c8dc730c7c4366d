using Microsoft.EntityFrameworkCore.Storage;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>A service does its work in one transaction, or in that of the recipe or command that called it.</summary>
internal static class Transactions
{
    /// <summary>Opens a transaction, or null when one is running already: then whoever opened it commits.</summary>
    public static async Task<IDbContextTransaction?> BeginUnlessRunningAsync(this SiteDbContext db, CancellationToken cancellationToken) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;

    /// <summary>
    /// Says that check-in must read the session anew: in the running transaction, past the change tracker and the session's version, so that whoever
    /// changes one point is not in the way of another, and no two changes end with the same number.
    /// </summary>
    public static Task RaiseRevisionAsync(this SiteDbContext db, Guid sessionId, CancellationToken cancellationToken) =>
        db.Sessions.Where(session => session.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(session => session.Revision, session => session.Revision + 1), cancellationToken);

    /// <summary>Commits what <see cref="BeginUnlessRunningAsync"/> opened.</summary>
    public static Task FinishAsync(this IDbContextTransaction? transaction, CancellationToken cancellationToken) =>
        transaction is null ? Task.CompletedTask : transaction.CommitAsync(cancellationToken);
}
