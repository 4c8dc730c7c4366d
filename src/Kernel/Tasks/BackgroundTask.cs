using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace TrainingSite.Kernel;

/// <summary>A recurring job. Runs in a scope of its own; never twice at the same time, also with several nodes.</summary>
public interface IBackgroundTask
{
    /// <summary>Does what is due now. An exception is kept in the history and does not stop later runs.</summary>
    Task ExecuteAsync(CancellationToken cancellationToken);
}

/// <summary>The schedule of a task, written on the task.</summary>
/// <param name="schedule">Quartz cron expression with seconds, in Vietnam's time: <c>0 * * * * ?</c> is every minute.</param>
/// <param name="description">What it does, for the jobs page, in Vietnamese.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BackgroundTaskAttribute(string schedule, string description) : Attribute
{
    /// <summary>Cron expression with seconds.</summary>
    public string Schedule => schedule;

    /// <summary>What it does.</summary>
    public string Description => description;
}

/// <summary>One registered task.</summary>
/// <param name="Type">The class.</param>
/// <param name="Schedule">Its cron expression.</param>
/// <param name="Description">What it does.</param>
public sealed record BackgroundTaskInfo(Type Type, string Schedule, string Description)
{
    /// <summary>Its name in the scheduler and on the jobs page.</summary>
    public string Name => Type.Name;
}

/// <summary>Registration of tasks.</summary>
public static class BackgroundTaskExtensions
{
    /// <summary>Adds a task; its class bears <see cref="BackgroundTaskAttribute"/>.</summary>
    public static IServiceCollection AddBackgroundTask<T>(this IServiceCollection services) where T : class, IBackgroundTask
    {
        var attribute = typeof(T).GetCustomAttribute<BackgroundTaskAttribute>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no [BackgroundTask(schedule)].");
        services.AddScoped<T>();
        services.AddSingleton(new BackgroundTaskInfo(typeof(T), attribute.Schedule, attribute.Description));
        services.AddQuartz(quartz => quartz.ScheduleJob<BackgroundTaskJob<T>>(
            trigger => trigger.WithIdentity(typeof(T).Name)
                .WithCronSchedule(attribute.Schedule, cron => cron.InTimeZone(VietnamTime.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)),
            job => job.WithIdentity(typeof(T).Name).WithDescription(attribute.Description)));
        return services;
    }
}

/// <summary>The one place where a task meets Quartz.</summary>
[DisallowConcurrentExecution]
internal sealed class BackgroundTaskJob<T>(T task) : IJob where T : IBackgroundTask
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        new(task.ExecuteAsync(cancellationToken));
}
