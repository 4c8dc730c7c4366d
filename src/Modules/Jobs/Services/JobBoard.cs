using Microsoft.Extensions.Configuration;
using Quartz;
using Quartz.Extensibility;

namespace TrainingSite.Jobs.Services;

/// <summary>One task as the page shows it.</summary>
/// <param name="Task">The task.</param>
/// <param name="NextUtc">When it runs next; null when nothing runs.</param>
/// <param name="IsRunning">Whether it is running now, on any node.</param>
/// <param name="Status">How its runs have gone; null before the first.</param>
public sealed record Job(BackgroundTaskInfo Task, DateTime? NextUtc, bool IsRunning, JobRunStatus? Status);

/// <summary>Reads the scheduler and its history, which all nodes share and which outlive a restart.</summary>
public sealed class JobBoard(IEnumerable<BackgroundTaskInfo> tasks, ISchedulerFactory schedulers, IExecutionHistoryStore history, IConfiguration configuration)
{
    private const int PageSize = 50;

    /// <summary>Whether this node runs tasks (<c>Jobs:Enabled</c>). If not there is nothing to ask the scheduler for.</summary>
    public bool IsEnabled => configuration.GetValue("Jobs:Enabled", true);

    /// <summary>All tasks, those that failed last first.</summary>
    public async Task<IReadOnlyList<Job>> GetAllAsync(CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return [.. tasks.OrderBy(task => task.Name, StringComparer.Ordinal).Select(task => new Job(task, null, IsRunning: false, null))];
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var next = new Dictionary<string, DateTime?>(StringComparer.Ordinal);
        foreach (var trigger in (await scheduler.QueryTriggers(new() { Take = 500 }, cancellationToken)).Items)
        {
            next.TryAdd(trigger.Key.Name, trigger.NextFireTimeUtc?.UtcDateTime);
        }

        var running = (await scheduler.QueryFireInstances(new() { Take = 500 }, cancellationToken)).Items.Select(firing => firing.JobKey?.Name).ToHashSet();
        var statuses = (await history.QueryJobRunStatuses(new() { SchedulerName = scheduler.SchedulerName, Take = 500 }, cancellationToken)).Items.ToDictionary(status => status.Job.Name, StringComparer.Ordinal);
        return [.. tasks
            .Select(task => new Job(task, next.GetValueOrDefault(task.Name), running.Contains(task.Name), statuses.GetValueOrDefault(task.Name)))
            .OrderByDescending(job => job.Status?.ConsecutiveFailures > 0).ThenBy(job => job.Task.Name, StringComparer.Ordinal)];
    }

    /// <summary>The runs of a task, the latest first.</summary>
    /// <param name="name">The task's name.</param>
    /// <param name="failedOnly">Only those that failed.</param>
    /// <param name="page">Page number from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Page<ExecutionHistoryEntry>> GetHistoryAsync(string name, bool failedOnly, int page, CancellationToken cancellationToken)
    {
        if (!IsEnabled)
        {
            return new([], 0, 1, PageSize);
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var number = Math.Max(1, page);
        var runs = await history.QueryExecutions(new()
        {
            SchedulerName = scheduler.SchedulerName,
            Job = new JobKey(name),
            FailedFinally = failedOnly ? true : null,
            Skip = (number - 1) * PageSize,
            Take = PageSize,
            IncludeTotalCount = true,
        }, cancellationToken);
        return new(runs.Items, (int)(runs.TotalCount ?? runs.Items.Count), number, PageSize);
    }

    /// <summary>The task of that name, or null.</summary>
    public BackgroundTaskInfo? Find(string name) => tasks.FirstOrDefault(task => task.Name == name);

    /// <summary>Has a task run at once, on one of the nodes. A task that is running now runs again after it.</summary>
    public async Task RunNowAsync(BackgroundTaskInfo task, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.TriggerJob(new JobKey(task.Name), cancellationToken: cancellationToken);
    }
}
