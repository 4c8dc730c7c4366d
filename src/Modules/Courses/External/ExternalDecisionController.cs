using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.External;

/// <summary>The department looks at proofs of external courses and accepts or refuses them.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.DecideExternal))]
[Route("external-courses")]
public sealed class ExternalDecisionController(ExternalCourses courses, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) =>
        View(await courses.Waiting().Select(row => new WaitingExternal(row.Id, row.Person.Code, row.Person.FullName, row.Name, row.Provider, row.CompletedOn, row.Link, row.FileSha256 != null, row.SubmittedBy, row.SubmittedUtc))
            .ToPageAsync(page, cancellationToken: cancellationToken));

    [HttpPost("{id:guid}")]
    public async Task<IActionResult> Decide(Guid id, bool accept, string? reason, CancellationToken cancellationToken)
    {
        var decided = await courses.DecideAsync(id, accept, reason, cancellationToken);
        if (!decided.Succeeded)
        {
            notifier.Error(decided.Faults[0].Message);
        }
        else
        {
            notifier.Success(accept ? T["Đã công nhận “{0}” của {1}.", decided.Value.Name, decided.Value.Person.FullName] : T["Đã từ chối “{0}” của {1}.", decided.Value.Name, decided.Value.Person.FullName]);
        }

        return RedirectToAction(nameof(Index));
    }
}

/// <summary>A course that waits.</summary>
public sealed record WaitingExternal(Guid Id, string PersonCode, string PersonName, string Name, string Provider, DateOnly CompletedOn, string? Link, bool HasFile, string SubmittedBy, DateTime SubmittedUtc);
