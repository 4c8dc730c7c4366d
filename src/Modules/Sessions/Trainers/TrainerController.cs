using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Trainers;

/// <summary>"Lớp của bạn": the trainer's page of a session, and who its trainers are.</summary>
[Authorize]
[Route("sessions/{code}/trainer")]
public sealed class TrainerController(TrainerService trainers, TrainerReader reader, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Show(string code, string? point, string? show, int page = 1, CancellationToken cancellationToken = default)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        return session.Succeeded ? View(await reader.ReadAsync(session.Value, point, show == "lacking", page, cancellationToken)) : this.Refuse(session.Faults);
    }

    [HttpPost("")]
    public async Task<IActionResult> Assign(string code, string? names, CancellationToken cancellationToken)
    {
        var assigned = await trainers.AssignAsync(code, (names ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList(), cancellationToken);
        if (!assigned.Succeeded && assigned.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(assigned.Faults);
        }

        if (!assigned.Succeeded)
        {
            var session = await trainers.FindToTeachAsync(code, cancellationToken);
            return session.Succeeded ? View("Names", new TrainerNames(session.Value, names ?? "", assigned.Faults[0].Message)) : this.Refuse(session.Faults);
        }

        notifier.Success(assigned.Value == 0 ? T["Buổi này không còn tài khoản giảng viên nào."] : T["Đã lưu {0} tài khoản giảng viên.", assigned.Value]);
        return RedirectToAction("Show", "Session", new { code });
    }
}

/// <summary>The accounts that shall teach, as they are typed.</summary>
/// <param name="Session">The session.</param>
/// <param name="Names">Logins, by blanks.</param>
/// <param name="Fault">What is wrong with them; null when nothing is.</param>
public sealed record TrainerNames(TrainingSession Session, string Names, string? Fault);
