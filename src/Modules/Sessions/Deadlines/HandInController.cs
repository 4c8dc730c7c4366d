using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>"Chưa chốt danh sách": the sheets that are missing, and whom to call.</summary>
[Authorize]
[Route("sessions/{code}/hand-in")]
public sealed class HandInController(SessionAccess access, HandInReader reader, HandInService service, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string code, int page = 1, CancellationToken cancellationToken = default)
    {
        var session = await access.Visible().AsNoTracking().SingleOrDefaultAsync(session => session.Code == code, cancellationToken);
        return session is null ? NotFound()
            : await reader.MayReadAsync(session, cancellationToken) ? View(await reader.ReadAsync(session, page, cancellationToken))
            : StatusCode(403);
    }

    /// <summary>Gives one point a time of its own.</summary>
    [HttpPost("{point}")]
    public async Task<IActionResult> Extend(string code, string point, int? hours, CancellationToken cancellationToken)
    {
        var changed = await service.SetHoursAsync(code, point, hours, cancellationToken);
        if (!changed.Succeeded && changed.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(changed.Faults);
        }

        if (changed.Succeeded)
        {
            notifier.Success(changed.Value.HandInUtc is { } due ? T["{0} có hạn chốt mới: {1}.", changed.Value.Name, due.ToLongText()] : T["{0} trở lại hạn chốt chung của buổi.", changed.Value.Name]);
        }
        else
        {
            notifier.Error(changed.Faults[0].Message);
        }

        return RedirectToAction(nameof(Index), new { code });
    }
}
