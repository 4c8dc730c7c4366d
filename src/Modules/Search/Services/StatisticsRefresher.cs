using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TrainingSite.Search.Services;

/// <summary>Refreshes the counts in memory when a search asked for it, outside of any request.</summary>
internal sealed class StatisticsRefresher(StatisticsCache statistics, ILogger<StatisticsRefresher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await statistics.RefreshWanted.WaitAsync(stoppingToken);
                await statistics.RefreshAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Searching goes on with the counts that are there; the next wish tries again.
                logger.LogWarning(exception, "The search statistics could not be refreshed.");
            }
        }
    }
}
