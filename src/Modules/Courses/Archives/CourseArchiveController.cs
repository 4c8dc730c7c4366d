using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Archives;

/// <summary>Courses as ZIP files.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit")]
public sealed class CourseArchiveController(CourseTransfer transfer, WorkingCopies copies, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("{slug}/export")]
    public async Task<IActionResult> Export(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        var file = OpenTemporary();
        await transfer.ExportAsync(working, file, cancellationToken);
        file.Position = 0;
        return File(file, "application/zip", $"{working.EditSlug}.zip");
    }

    [HttpGet("import")]
    public IActionResult Import() => View();

    /// <summary>As large as a form may be: what is in the archive is counted while it is read, by <see cref="CourseOptions.ImportMaxBytes"/>.</summary>
    [HttpPost("import")]
    [DisableRequestSizeLimit]
    public async Task<IActionResult> Import(IFormFile? file, bool replace, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            ModelState.AddModelError("File", T["Hãy chọn một tệp ZIP."]);
            return View();
        }

        // A file of its own, in which a broken archive may lead anywhere.
        await using var source = OpenTemporary();
        await file.CopyToAsync(source, cancellationToken);
        source.Position = 0;
        var result = await transfer.ImportAsync(source, replace, cancellationToken);
        if (!result.Succeeded)
        {
            if (result.Faults[0].Kind == FaultKind.Conflict)
            {
                Response.StatusCode = StatusCodes.Status409Conflict;
            }

            foreach (var fault in result.Faults.Take(20))
            {
                ModelState.AddModelError("File", fault.Message);
            }

            return View();
        }

        notifier.Success(T["Đã nhập “{0}” thành bản nháp. Xem lại rồi đăng.", result.Value.Title]);
        return RedirectToAction("Edit", "CourseEditor", new { slug = result.Value.EditSlug });
    }

    private static FileStream OpenTemporary() =>
        new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
