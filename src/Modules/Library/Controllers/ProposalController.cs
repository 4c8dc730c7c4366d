using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Library.Models;
using TrainingSite.Library.Services;

namespace TrainingSite.Library.Controllers;

/// <summary>Documents that coordinators and leaders offer to the library (R54): they wait until somebody who keeps it publishes or refuses them.</summary>
[Authorize(nameof(Permissions.ProposeDocuments))]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("library")]
public sealed class ProposalController(LibraryService library, SiteDbContext db, DocumentFormSource forms, CurrentUser user, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("propose")]
    public async Task<IActionResult> New(CancellationToken cancellationToken) => View(await forms.FillAsync(new(), id: null, Permissions.ProposeDocuments, cancellationToken));

    [HttpPost("propose")]
    public async Task<IActionResult> New(DocumentForm form, IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            ModelState.AddModelError("File", T["Hãy chọn một tệp."]);
        }

        if (ModelState.IsValid)
        {
            await using var content = file!.OpenReadStream();
            var proposed = await library.ProposeAsync(content, file.FileName, form.ToDetails(), cancellationToken);
            if (proposed.Succeeded)
            {
                if (proposed.Value.IsNew)
                {
                    notifier.Success(T["Đã gửi “{0}”. Khi được duyệt, mọi người sẽ thấy trong thư viện.", proposed.Value.Document.Title]);
                }
                else
                {
                    notifier.Warning(T["Tệp này đã có trong thư viện: đây là “{0}”. Chưa thêm gì mới.", proposed.Value.Document.Title]);
                }

                return Redirect($"~/library/{proposed.Value.Document.Id}");
            }

            ModelState.AddFaults(proposed.Faults);
        }

        return View(await forms.FillAsync(form, id: null, Permissions.ProposeDocuments, cancellationToken));
    }

    /// <summary>Mends one's own document that is not published, and sends it again.</summary>
    [HttpGet("{id:guid}/revise")]
    public async Task<IActionResult> Revise(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } document
            ? View(await forms.FillAsync(DocumentForm.Of(document), id, Permissions.ProposeDocuments, cancellationToken))
            : NotFound();

    [HttpPost("{id:guid}/revise")]
    public async Task<IActionResult> Revise(Guid id, DocumentForm form, IFormFile? file, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is null)
        {
            return NotFound();
        }

        if (ModelState.IsValid)
        {
            await using var content = file?.OpenReadStream();
            var changed = await library.ReviseAsync(id, form.Version, form.ToDetails(), content, file?.FileName, cancellationToken);
            if (changed.Succeeded)
            {
                notifier.Success(T["Đã gửi lại “{0}” để duyệt.", changed.Value.Title]);
                return Redirect($"~/library/{id}");
            }

            ModelState.AddFaults(changed.Faults);
            ViewData["KnownAt"] = changed.Faults[0].Link;
        }

        return View(await forms.FillAsync(form, id, Permissions.ProposeDocuments, cancellationToken));
    }

    [HttpPost("{id:guid}/withdraw")]
    public async Task<IActionResult> Withdraw(Guid id, CancellationToken cancellationToken)
    {
        var withdrawn = await FindAsync(id, cancellationToken) is null ? null : await library.DeleteAsync(id, cancellationToken);
        if (withdrawn is not { Succeeded: true })
        {
            return NotFound();
        }

        notifier.Success(T["Đã rút lại “{0}”.", withdrawn.Value.Title]);
        return Redirect("~/library");
    }

    private async Task<Document?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Documents.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } document && user.MayRevise(document) ? document : null;
}
