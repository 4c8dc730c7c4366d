using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Trainers;

namespace TrainingSite.Sessions.Materials;

/// <summary>"Tài liệu của buổi": trainers and organizers put it together.</summary>
[Authorize]
[Route("sessions/{code}/materials")]
public sealed class MaterialController(TrainerService trainers, MaterialService materials, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Edit(string code, string? q, CancellationToken cancellationToken)
    {
        var session = await trainers.FindToTeachAsync(code, cancellationToken);
        return session.Succeeded
            ? View(new MaterialsModel(session.Value, await materials.ReadAsync(session.Value.Id, cancellationToken), await materials.OfferAsync(session.Value, q, cancellationToken), q ?? ""))
            : this.Refuse(session.Faults);
    }

    [HttpPost("")]
    public async Task<IActionResult> Add(string code, Guid? documentId, Guid? courseId, string? url, string? title, CancellationToken cancellationToken) =>
        After(await materials.AddAsync(code, new(documentId, courseId, url, title), cancellationToken), code, T["Đã thêm tài liệu."]);

    [HttpPost("{id:guid}/remove")]
    public async Task<IActionResult> Remove(string code, Guid id, CancellationToken cancellationToken) =>
        After(await materials.RemoveAsync(code, id, cancellationToken), code, T["Đã bỏ tài liệu khỏi buổi này."]);

    [HttpPost("{id:guid}/raise")]
    public async Task<IActionResult> Raise(string code, Guid id, CancellationToken cancellationToken) =>
        After(await materials.RaiseAsync(code, id, cancellationToken), code, null);

    private IActionResult After<TValue>(Result<TValue> result, string code, string? done)
    {
        if (!result.Succeeded && result.Faults[0].Kind is FaultKind.NotFound or FaultKind.Forbidden)
        {
            return this.Refuse(result.Faults);
        }

        if (!result.Succeeded)
        {
            notifier.Error(result.Faults[0].Message);
        }
        else if (done is not null)
        {
            notifier.Success(done);
        }

        return RedirectToAction(nameof(Edit), new { code });
    }
}

public sealed record MaterialsModel(TrainingSession Session, IReadOnlyList<MaterialRow> Materials, IReadOnlyList<MaterialOffer> Offers, string Query);
