using Microsoft.Extensions.Logging;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>
/// Closes the sessions whose grace is over, as <see cref="SessionLifecycle.CloseAsync"/> would. Who opens one again gets the grace once more;
/// marks that devices made before and send late are taken all the same.
/// </summary>
[BackgroundTask("0 * * * * ?", "Đóng các buổi tập huấn đã quá giờ tự đóng")]
internal sealed class CloseSessionsTask(SiteDbContext db, EventPublisher events, TimeProvider clock, ILogger<CloseSessionsTask> log) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var due = db.Sessions.Where(session => session.ClosesUtc <= now && (session.State == SessionState.Published || session.State == SessionState.Open));
        var ids = await due.Select(session => session.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return;
        }

        await db.InTransactionAsync(async () =>
        {
            // A second node waits here for the first, and then finds nothing left to do.
            var closed = await due.Where(session => ids.Contains(session.Id)).ExecuteUpdateAsync(row => row
                .SetProperty(session => session.State, SessionState.Closed)
                .SetProperty(session => session.OpenedUtc, session => session.OpenedUtc ?? session.StartUtc)
                .SetProperty(session => session.ClosedUtc, now)
                .SetProperty(session => session.ClosedByClock, true)
                .SetProperty(session => session.Revision, session => session.Revision + 1)
                .SetProperty(session => session.Version, session => session.Version + 1), cancellationToken);
            if (closed > 0)
            {
                foreach (var id in ids)
                {
                    await events.PublishAsync(new SessionChanged(id), cancellationToken);
                }

                await db.SaveChangesAsync(cancellationToken);
                log.LogInformation("Closed {Count} sessions whose grace was over.", closed);
            }
        }, cancellationToken);
    }
}
