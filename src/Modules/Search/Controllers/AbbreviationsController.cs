using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Search.Controllers;

/// <summary>The list of abbreviations. A change counts with the next search.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageSearch))]
[Route("search/abbreviations")]
public sealed class AbbreviationsController(AbbreviationService abbreviations, SiteDbContext db, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public Task<IActionResult> Index(int page = 1, CancellationToken cancellationToken = default) => ShowAsync(new AbbreviationForm(), page, cancellationToken);

    [HttpPost("")]
    public async Task<IActionResult> Save(AbbreviationForm form, CancellationToken cancellationToken)
    {
        var saved = await abbreviations.SaveAsync(form.Short, form.Long, cancellationToken);
        if (saved.Succeeded)
        {
            notifier.Success(T["Đã lưu: {0} là {1}", saved.Value.Short, saved.Value.Long]);
            return RedirectToAction(nameof(Index));
        }

        ModelState.AddFaults(saved.Faults);

        return await ShowAsync(form, 1, cancellationToken);
    }

    [HttpPost("remove")]
    public async Task<IActionResult> Remove(string? name, CancellationToken cancellationToken)
    {
        if (!await abbreviations.RemoveAsync(name ?? "", cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã bỏ chữ viết tắt {0}", name!]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> ShowAsync(AbbreviationForm form, int page, CancellationToken cancellationToken) =>
        View(nameof(Index), new AbbreviationPage(form, await db.Abbreviations.AsNoTracking().OrderBy(row => row.Short).ToPageAsync(page, 100, cancellationToken)));
}

/// <summary>A new or changed abbreviation.</summary>
public sealed class AbbreviationForm
{
    /// <summary>The abbreviation.</summary>
    public string? Short { get; set; }

    /// <summary>What it stands for.</summary>
    public string? Long { get; set; }
}

/// <summary>The page.</summary>
/// <param name="Form">What is being typed.</param>
/// <param name="Rows">The list.</param>
public sealed record AbbreviationPage(AbbreviationForm Form, Page<Abbreviation> Rows);
