using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Controllers;

namespace TrainingSite.Sessions.Conflicts.Controllers;

/// <summary>A member appeals against what a closed session says of them.</summary>
[Authorize]
[Route("sessions/{code}/appeal")]
public sealed class AppealController(AppealService appeals, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpPost("")]
    public async Task<IActionResult> Send(string code, string? text, CancellationToken cancellationToken)
    {
        var opened = await appeals.OpenAsync(code, text, cancellationToken);
        if (!opened.Succeeded && opened.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(opened.Faults);
        }

        if (opened.Succeeded)
        {
            notifier.Success(T["Đã gửi khiếu nại. Bạn sẽ được báo khi có trả lời."]);
        }
        else
        {
            notifier.Error(opened.Faults[0].Message);
        }

        return RedirectToAction("Show", "Session", new { code });
    }
}
