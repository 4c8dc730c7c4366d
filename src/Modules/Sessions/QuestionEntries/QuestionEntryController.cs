using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Sessions.Controllers;

namespace TrainingSite.Sessions.QuestionEntries;

/// <summary>"Đưa vào thư viện": an answered question for everybody who has the same one. Not there without a library.</summary>
[Authorize]
[Route("sessions/{code}/questions/{id:guid}/library")]
public sealed class QuestionEntryController(IEnumerable<QuestionEntryService> services, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> New(string code, Guid id, CancellationToken cancellationToken)
    {
        if (services.FirstOrDefault() is not { } entries)
        {
            return NotFound();
        }

        var read = await entries.ReadAsync(code, id, null, cancellationToken);
        return read.Succeeded ? View(read.Value) : Turn(code, read.Faults);
    }

    [HttpPost("")]
    public async Task<IActionResult> New(string code, Guid id, [Bind(Prefix = "Form")] QuestionEntryForm form, CancellationToken cancellationToken)
    {
        if (services.FirstOrDefault() is not { } entries)
        {
            return NotFound();
        }

        var added = await entries.AddAsync(code, id, form, cancellationToken);
        if (added.Succeeded)
        {
            notifier.Success(added.Value.State == DocumentState.Published ? T["Đã đưa vào thư viện: “{0}”.", added.Value.Title] : T["Đã gửi “{0}” cho người phụ trách thư viện xem.", added.Value.Title]);
            return RedirectToAction("Index", "Question", new { code });
        }

        if (added.Faults[0].Field is null)
        {
            return Turn(code, added.Faults);
        }

        var read = await entries.ReadAsync(code, id, form, cancellationToken);
        if (!read.Succeeded)
        {
            return Turn(code, read.Faults);
        }

        ModelState.AddFaults(added.Faults, $"{nameof(QuestionEntryModel.Form)}.");
        return View(read.Value);
    }

    /// <summary>Who comes second goes back to the questions, where the entry is.</summary>
    private IActionResult Turn(string code, IReadOnlyList<Fault> faults)
    {
        if (faults[0].Kind != FaultKind.Conflict)
        {
            return this.Refuse(faults);
        }

        notifier.Warning(faults[0].Message);
        return RedirectToAction("Index", "Question", new { code });
    }
}
