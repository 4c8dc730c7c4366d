using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Paper;

/// <summary>The sheet of a point on paper: printed beforehand, typed in afterwards.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("sessions/{code}/points/{point}/sheet")]
public sealed class PaperController(SessionAccess access, PaperEntry paper, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("print")]
    public async Task<IActionResult> Print(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        return found.Succeeded ? View(new PaperModel(found.Value, await paper.RowsOfAsync(found.Value.Id, cancellationToken))) : this.Refuse(found.Faults);
    }

    [HttpGet("paper")]
    public async Task<IActionResult> Enter(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        return found.Succeeded ? View(new PaperModel(found.Value, await paper.RowsOfAsync(found.Value.Id, cancellationToken))) : this.Refuse(found.Faults);
    }

    [HttpPost("paper")]
    public async Task<IActionResult> Enter(string code, string point, string? text, TimeOnly? time, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var recorded = await paper.RecordAsync(found.Value, text, time, cancellationToken);
        if (recorded.Succeeded)
        {
            notifier.Success(T["Đã ghi {0} người từ giấy.", recorded.Value]);
            return RedirectToAction("Show", "Sheet", new { code, point });
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(new PaperModel(found.Value, await paper.RowsOfAsync(found.Value.Id, cancellationToken)) { Text = text, Time = time, Faults = recorded.Faults });
    }
}

/// <summary>The sheet on paper.</summary>
/// <param name="Point">The point with its session.</param>
/// <param name="Rows">Its people by number.</param>
public sealed record PaperModel(SessionPoint Point, IReadOnlyList<PaperRow> Rows)
{
    /// <summary>Empty rows for whoever comes uninvited.</summary>
    public const int EmptyRows = 6;

    /// <summary>Whether no other marks are taken any more.</summary>
    public bool IsClosed => Point.ClosedUtc is not null || Point.Session.State == SessionState.Closed;

    /// <summary>What was typed.</summary>
    public string? Text { get; init; }

    /// <summary>The time that was typed.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}
