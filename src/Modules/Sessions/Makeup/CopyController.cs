using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;

namespace TrainingSite.Sessions.Makeup;

/// <summary>"Sao chép buổi này": the button on a session's page.</summary>
[Authorize(nameof(Permissions.ManageSessions))]
[Route("sessions/{code}/copy")]
public sealed class CopyController(SessionCopier copier, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpPost("")]
    public async Task<IActionResult> Copy(string code, DateOnly? firstDay, bool withBudget, CancellationToken cancellationToken)
    {
        if (firstDay is not { } day)
        {
            notifier.Error(T["Hãy chọn ngày của buổi mới."]);
            return RedirectToAction("Show", "Session", new { code });
        }

        var copied = await copier.CopyAsync(code, day, withBudget, cancellationToken: cancellationToken);
        if (!copied.Succeeded)
        {
            if (copied.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
            {
                return this.Refuse(copied.Faults);
            }

            notifier.Error(copied.Faults[0].Message);
            return RedirectToAction("Show", "Session", new { code });
        }

        var copy = copied.Value.Session.Code;
        notifier.Success(T["Đã chép thành bản nháp {0}. Hãy xem lại giờ và người được mời rồi lưu.", copy]);
        if (copied.Value.LeftOut.Count > 0)
        {
            notifier.Warning(T["{0} đơn vị không còn từ sau buổi cũ nên không chép: {1}. Hãy mời đơn vị thay thế.", copied.Value.LeftOut.Count, string.Join(", ", copied.Value.LeftOut.Take(10))]);
        }

        return RedirectToAction("Edit", "Schedule", new { code = copy });
    }
}
