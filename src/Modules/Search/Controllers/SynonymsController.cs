using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Controllers;

/// <summary>The list of words that mean the same. A change counts with the next search.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageSearch))]
[Route("search/synonyms")]
public sealed class SynonymsController(SynonymService synonyms, SiteDbContext db, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(Guid? edit, string? phrase, int page = 1, CancellationToken cancellationToken = default)
    {
        if (edit is null)
        {
            return await ShowAsync(new SynonymForm { Phrases = phrase }, page, cancellationToken);
        }

        return await db.SynonymGroups.AsNoTracking().FirstOrDefaultAsync(group => group.Id == edit, cancellationToken) is { } group
            ? await ShowAsync(new SynonymForm { Id = group.Id, Version = group.Version, Phrases = group.Phrases }, page, cancellationToken)
            : NotFound();
    }

    [HttpPost("")]
    public async Task<IActionResult> Save(SynonymForm form, CancellationToken cancellationToken)
    {
        var saved = await synonyms.SaveAsync(form.Id, form.Version, form.Phrases, cancellationToken);
        if (saved.Succeeded)
        {
            notifier.Success(T["Đã lưu: {0}", string.Join(" = ", saved.Value.Split())]);
            return RedirectToAction(nameof(Index));
        }

        ModelState.AddFaults(saved.Faults);
        if (saved.Faults[0].Kind == FaultKind.Conflict)
        {
            // What was typed stays; saving again replaces the other's change knowingly, or makes a new group when that was removed.
            Response.StatusCode = StatusCodes.Status409Conflict;
            var theirs = await db.SynonymGroups.AsNoTracking().FirstOrDefaultAsync(group => group.Id == form.Id, cancellationToken);
            (form.Id, form.Version) = (theirs?.Id, theirs?.Version ?? 0);
            ModelState.Remove(nameof(form.Id));
            ModelState.Remove(nameof(form.Version));
        }

        return await ShowAsync(form, 1, cancellationToken);
    }

    [HttpPost("remove")]
    public async Task<IActionResult> Remove(Guid id, CancellationToken cancellationToken)
    {
        if (!await synonyms.RemoveAsync(id, cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã bỏ nhóm từ."]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> ShowAsync(SynonymForm form, int page, CancellationToken cancellationToken) =>
        View(nameof(Index), new SynonymPage(form, await db.SynonymGroups.AsNoTracking().OrderBy(group => group.Phrases).ThenBy(group => group.Id).ToPageAsync(page, 50, cancellationToken)));
}

/// <summary>A new or changed group.</summary>
public sealed class SynonymForm
{
    /// <summary>The group; null for a new one.</summary>
    public Guid? Id { get; set; }

    /// <summary>Version that was on the page.</summary>
    public int Version { get; set; }

    /// <summary>The phrases, one a line.</summary>
    public string? Phrases { get; set; }
}

/// <summary>The page.</summary>
/// <param name="Form">What is being typed.</param>
/// <param name="Groups">The list.</param>
public sealed record SynonymPage(SynonymForm Form, Page<SynonymGroup> Groups);
