using Microsoft.Extensions.Logging;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Notifications.Services;

/// <summary>Asks every source what is due and plans it. A source that fails does not hold up the others; the run then counts as failed.</summary>
[BackgroundTask("0 * * * * ?", "Lập danh sách lời mời và lời nhắc đến hạn")]
internal sealed class SweepRemindersTask(IEnumerable<IReminderSource> sources, ReminderPlanner planner, ILogger<SweepRemindersTask> log) : IBackgroundTask
{
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var source in sources)
        {
            try
            {
                var count = await planner.PlanAsync(source, cancellationToken);
                if (count > 0)
                {
                    log.LogInformation("Planned {Count} messages of the rule {Rule}.", count, source.Rule);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogError(failure, "The reminder source {Rule} failed.", source.Rule);
                failures.Add(new InvalidOperationException($"{source.Rule}: {failure.Message}", failure));
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(string.Join("; ", failures.Select(failure => failure.Message)), failures);
        }
    }
}
