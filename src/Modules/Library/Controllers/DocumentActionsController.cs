using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Library.Controllers;

/// <summary>Keeping the library: add, change, delete, read again.</summary>
[Authorize(nameof(Permissions.ManageLibrary))]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class DocumentActionsController(
    LibraryService library, SiteDbContext db, TopicNames topics, LibraryFiles files, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    /// <summary>More than the communes of a province; a wider scope types the code.</summary>
    private const int MaxUnits = 400;

    /// <summary>The empty form, or one that a link has begun to fill in.</summary>
    [HttpGet("new")]
    public Task<IActionResult> New(DocumentForm form, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return FormAsync(nameof(New), form, cancellationToken);
    }

    [HttpPost("new")]
    public async Task<IActionResult> New(DocumentForm form, IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            ModelState.AddModelError("File", T["Hãy chọn một tệp."]);
        }

        if (!ModelState.IsValid)
        {
            return await FormAsync(nameof(New), form, cancellationToken);
        }

        await using var content = file!.OpenReadStream();
        var added = await library.AddAsync(content, file.FileName, form.ToDetails(), readNow: false, cancellationToken);
        if (!added.Succeeded)
        {
            return await RefuseAsync(nameof(New), form, added.Faults, cancellationToken);
        }

        if (added.Value.IsNew)
        {
            notifier.Success(T["Đã thêm “{0}” vào thư viện.", added.Value.Document.Title]);
        }
        else
        {
            notifier.Warning(T["Tệp này đã có trong thư viện từ trước, đây là tài liệu đó."]);
        }

        return Redirect($"~/library/{added.Value.Document.Id}");
    }

    [HttpGet("{id:guid}/edit")]
    public async Task<IActionResult> Edit(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } document ? await FormAsync(nameof(Edit), DocumentForm.Of(document), cancellationToken) : NotFound();

    [HttpPost("{id:guid}/edit")]
    public async Task<IActionResult> Edit(Guid id, DocumentForm form, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(form.Title))
        {
            ModelState.AddModelError(nameof(form.Title), T["Hãy ghi tên tài liệu."]);
        }

        if (!ModelState.IsValid)
        {
            return await FormAsync(nameof(Edit), form, cancellationToken);
        }

        var changed = await library.UpdateAsync(id, form.Version, form.ToDetails(), cancellationToken);
        if (!changed.Succeeded)
        {
            return changed.Faults[0].Kind == FaultKind.NotFound ? NotFound() : await RefuseAsync(nameof(Edit), form, changed.Faults, cancellationToken);
        }

        notifier.Success(T["Đã lưu “{0}”.", changed.Value.Title]);
        return Redirect($"~/library/{id}");
    }

    [HttpGet("{id:guid}/delete")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } document ? View(document) : NotFound();

    [HttpPost("{id:guid}/delete")]
    public async Task<IActionResult> DeleteConfirmed(Guid id, CancellationToken cancellationToken)
    {
        var deleted = await library.DeleteAsync(id, cancellationToken);
        if (!deleted.Succeeded)
        {
            return NotFound();
        }

        notifier.Success(T["Đã xóa “{0}”.", deleted.Value.Title]);
        return Redirect("~/library");
    }

    /// <summary>After a tool was installed or a passing trouble is over.</summary>
    [HttpPost("{id:guid}/read-again")]
    public async Task<IActionResult> ReadAgain(Guid id, CancellationToken cancellationToken)
    {
        var asked = await library.ReadAgainAsync(id, cancellationToken);
        if (!asked.Succeeded)
        {
            return NotFound();
        }

        notifier.Success(T["Máy sẽ đọc lại chữ trong tệp trong một phút."]);
        return Redirect($"~/library/{id}");
    }

    private async Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } document && user.CanManage(document) ? document : null;

    private Task<IActionResult> RefuseAsync(string view, DocumentForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        ModelState.AddFaults(faults);

        return FormAsync(view, form, cancellationToken);
    }

    private async Task<IActionResult> FormAsync(string view, DocumentForm form, CancellationToken cancellationToken)
    {
        var units = await db.Units.AsNoTracking().On(clock.Today()).Where(unit => unit.Level != UnitLevel.Village)
            .InScope(user.ScopeOf(Permissions.ManageLibrary), unit => unit.Path)
            .OrderBy(unit => unit.Path).Select(unit => new UnitChoice(unit.Code, unit.FullName)).Take(MaxUnits + 1).ToListAsync(cancellationToken);
        form.Units = units.Count > MaxUnits ? null : units;
        form.Topics = await topics.GetAsync(cancellationToken);
        form.MaxMegabytes = Math.Max(1, files.MaxBytes / (1024 * 1024));
        return View(view, form);
    }
}

/// <summary>A unit to choose.</summary>
public sealed record UnitChoice(string Code, string Name);
