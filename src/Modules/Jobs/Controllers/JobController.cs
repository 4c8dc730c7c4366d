using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Quartz;
using TrainingSite.Jobs.Services;

namespace TrainingSite.Jobs.Controllers;

/// <summary>What runs in the background, when, and how it went.</summary>
[Route("jobs")]
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ViewJobs))]
public sealed class JobController(JobBoard board, TaskWords words, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(CancellationToken cancellationToken)
    {
        var rows = (await board.GetAllAsync(cancellationToken)).Select(job => new JobRow(job, ScheduleText.Describe(job.Task.Schedule, T)));
        return View(new JobsModel(board.IsEnabled, [.. rows]));
    }

    [HttpGet("{name}")]
    public async Task<IActionResult> Show(string name, bool failed, int page, CancellationToken cancellationToken) =>
        board.Find(name) is { } task
            ? View(new JobModel(task, ScheduleText.Describe(task.Schedule, T), board.IsEnabled, failed, await board.GetHistoryAsync(name, failed, page, cancellationToken)))
            : NotFound();

    [HttpPost("{name}/run")]
    [Authorize(nameof(Permissions.ManageJobs))]
    public async Task<IActionResult> Run(string name, CancellationToken cancellationToken)
    {
        if (board.Find(name) is not { } task)
        {
            return NotFound();
        }

        if (board.IsEnabled)
        {
            await board.RunNowAsync(task, cancellationToken);
            notifier.Success(T["Đã yêu cầu chạy: {0}. Tải lại trang sau ít giây để xem kết quả.", words.Describe(task)]);
        }
        else
        {
            notifier.Error(T["Chưa chạy được: các tác vụ đang tắt trên máy chủ này (Jobs:Enabled là false)."]);
        }

        return RedirectToAction(nameof(Show), new { name });
    }
}

/// <summary>The list.</summary>
/// <param name="IsEnabled">Whether this node runs tasks.</param>
/// <param name="Rows">The tasks.</param>
public sealed record JobsModel(bool IsEnabled, IReadOnlyList<JobRow> Rows);

/// <summary>One row of the list.</summary>
/// <param name="Job">The task and its state.</param>
/// <param name="Schedule">When it runs, in words.</param>
public sealed record JobRow(Job Job, string Schedule);

/// <summary>One task and its runs.</summary>
/// <param name="Task">The task.</param>
/// <param name="Schedule">When it runs, in words.</param>
/// <param name="IsEnabled">Whether this node runs tasks.</param>
/// <param name="FailedOnly">Whether only failures are listed.</param>
/// <param name="Runs">The runs, the latest first.</param>
public sealed record JobModel(BackgroundTaskInfo Task, string Schedule, bool IsEnabled, bool FailedOnly, Page<ExecutionHistoryEntry> Runs);
