using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>Keeping the library: add, change, delete, read again.</summary>
[Authorize(nameof(Permissions.ManageLibrary))]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class DocumentActionsController(
    LibraryService library, SiteDbContext db, DocumentFormSource forms, CurrentUser user, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    /// <summary>The empty form, or one that a link has begun to fill in.</summary>
    [HttpGet("new")]
    public Task<IActionResult> New(DocumentForm form, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return FormAsync(nameof(New), null, form, cancellationToken);
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
            return await FormAsync(nameof(New), null, form, cancellationToken);
        }

        await using var content = file!.OpenReadStream();
        var added = await library.AddAsync(content, file.FileName, form.ToDetails(), readNow: false, cancellationToken);
        if (!added.Succeeded)
        {
            return await RefuseAsync(nameof(New), null, form, added.Faults, cancellationToken);
        }

        if (added.Value.IsNew)
        {
            notifier.Success(T["Đã thêm “{0}” vào thư viện.", added.Value.Document.Title]);
        }
        else
        {
            notifier.Warning(T["Tệp này đã có trong thư viện: đây là “{0}”. Chưa thêm gì mới.", added.Value.Document.Title]);
        }

        return Redirect($"~/library/{added.Value.Document.Id}");
    }

    /// <summary>An address on the web instead of a file.</summary>
    [HttpGet("new-link")]
    public Task<IActionResult> NewLink(CancellationToken cancellationToken) => FormAsync(nameof(NewLink), null, new() { IsLink = true }, cancellationToken);

    [HttpPost("new-link")]
    public async Task<IActionResult> NewLink(DocumentForm form, CancellationToken cancellationToken)
    {
        form.IsLink = true;
        if (!ModelState.IsValid)
        {
            return await FormAsync(nameof(NewLink), null, form, cancellationToken);
        }

        var added = await library.AddLinkAsync(form.ToDetails(), cancellationToken);
        if (!added.Succeeded)
        {
            return await RefuseAsync(nameof(NewLink), null, form, added.Faults, cancellationToken);
        }

        if (added.Value.IsNew)
        {
            notifier.Success(T["Đã thêm “{0}” vào thư viện.", added.Value.Document.Title]);
        }
        else
        {
            notifier.Warning(T["Địa chỉ này đã có trong thư viện: đây là “{0}”. Chưa thêm gì mới.", added.Value.Document.Title]);
        }

        return Redirect($"~/library/{added.Value.Document.Id}");
    }

    [HttpGet("{id:guid}/edit")]
    public async Task<IActionResult> Edit(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } document ? await FormAsync(nameof(Edit), id, DocumentForm.Of(document), cancellationToken) : NotFound();

    [HttpPost("{id:guid}/edit")]
    public async Task<IActionResult> Edit(Guid id, DocumentForm form, CancellationToken cancellationToken)
    {
        form.IsLink = Request.Form.ContainsKey(nameof(form.Url));
        if (string.IsNullOrWhiteSpace(form.Title))
        {
            ModelState.AddModelError(nameof(form.Title), T["Hãy ghi tên tài liệu."]);
        }

        if (!ModelState.IsValid)
        {
            return await FormAsync(nameof(Edit), id, form, cancellationToken);
        }

        var changed = await library.UpdateAsync(id, form.Version, form.ToDetails(), cancellationToken);
        if (!changed.Succeeded)
        {
            return changed.Faults[0].Kind == FaultKind.NotFound ? NotFound() : await RefuseAsync(nameof(Edit), id, form, changed.Faults, cancellationToken);
        }

        notifier.Success(T["Đã lưu “{0}”.", changed.Value.Title]);
        return Redirect($"~/library/{id}");
    }

    /// <summary>A newer file for the same document.</summary>
    [HttpGet("{id:guid}/new-file")]
    public async Task<IActionResult> NewFile(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } document ? View(document) : NotFound();

    [HttpPost("{id:guid}/new-file")]
    public async Task<IActionResult> NewFile(Guid id, int version, IFormFile? file, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } document)
        {
            return NotFound();
        }

        if (file is null)
        {
            ModelState.AddModelError("File", T["Hãy chọn một tệp."]);
            return View(document);
        }

        await using var content = file.OpenReadStream();
        var replaced = await library.ReplaceFileAsync(id, version, content, file.FileName, cancellationToken);
        if (!replaced.Succeeded)
        {
            ModelState.AddFaults(replaced.Faults);
            ViewData["KnownAt"] = replaced.Faults[0].Link;
            return View(document);
        }

        notifier.Success(T["Đã thay tệp của “{0}”. Bản trước vẫn tải về được ở cuối trang.", replaced.Value.Title]);
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

    private Task<IActionResult> RefuseAsync(string view, Guid? id, DocumentForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        ModelState.AddFaults(faults);
        ViewData["KnownAt"] = faults[0].Link;
        return FormAsync(view, id, form, cancellationToken);
    }

    private async Task<IActionResult> FormAsync(string view, Guid? id, DocumentForm form, CancellationToken cancellationToken) =>
        View(view, await forms.FillAsync(form, id, Permissions.ManageLibrary, cancellationToken));
}
