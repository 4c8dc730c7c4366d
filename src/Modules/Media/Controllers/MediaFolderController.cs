using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;

namespace TrainingSite.Media.Controllers;

/// <summary>Folders of the media library.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageMedia))]
[Route("media/folders")]
public sealed class MediaFolderController(SiteDbContext db, MediaFolders folders, CurrentUser user, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("new")]
    public IActionResult New() => View("Edit", new MediaFolderModel(null, "", null));

    [HttpPost("new")]
    public Task<IActionResult> New(string? name, string? unitCode, CancellationToken cancellationToken) => WriteAsync(null, 0, name, unitCode, cancellationToken);

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Edit(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } folder ? View(new MediaFolderModel(folder, folder.Name, UnitPath.CodeOf(folder.UnitPath))) : NotFound();

    [HttpPost("{id:guid}")]
    public async Task<IActionResult> Edit(Guid id, int version, string? name, string? unitCode, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } folder ? await WriteAsync(folder, version, name, unitCode, cancellationToken) : NotFound();

    [HttpPost("{id:guid}/delete")]
    public async Task<IActionResult> Delete(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } folder)
        {
            return NotFound();
        }

        var result = await folders.DeleteAsync(folder, cancellationToken);
        if (!result.Succeeded)
        {
            notifier.Error(result.Faults[0].Message);
            return RedirectToAction(nameof(Edit), new { id });
        }

        notifier.Success(T["Đã xóa thư mục “{0}”.", folder.Name]);
        return Redirect("~/media");
    }

    private async Task<IActionResult> WriteAsync(MediaFolder? folder, int version, string? name, string? unitCode, CancellationToken cancellationToken)
    {
        var result = await folders.WriteAsync(folder, version, name ?? "", unitCode, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(T["Đã lưu thư mục “{0}”.", result.Value.Name]);
            return Redirect($"~/media?folder={result.Value.Id}");
        }

        ModelState.AddFaults(result.Faults);
        Response.StatusCode = result.Faults[0].Kind == FaultKind.Conflict ? StatusCodes.Status409Conflict : StatusCodes.Status200OK;
        return View("Edit", new MediaFolderModel(folder, name ?? "", unitCode));
    }

    private async Task<MediaFolder?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.MediaFolders.FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } folder && user.CanManage(folder) ? folder : null;
}

/// <summary>The page of a folder.</summary>
/// <param name="Folder">The folder; null for a new one.</param>
/// <param name="Name">What was typed.</param>
/// <param name="UnitCode">What was typed.</param>
public sealed record MediaFolderModel(MediaFolder? Folder, string Name, string? UnitCode);
