using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services.Import;

namespace TrainingSite.Organization.Controllers;

/// <summary>Import of a list of members in the browser: choose, look at every row, confirm (R20).</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ImportRosters))]
[Route("roster-import")]
public sealed class RosterImportController(CurrentUser user, RosterImporter importer, RosterUploads uploads, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const long MaxBytes = 10 * 1024 * 1024;
    private const int PageSize = 100;

    [HttpGet("")]
    public IActionResult Index() => View(new RosterImportForm { AsOf = clock.Today() });

    [HttpPost("")]
    [RequestSizeLimit(MaxBytes + 65536)]
    public async Task<IActionResult> Index(RosterImportForm form, IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null or { Length: 0 } or { Length: > MaxBytes })
        {
            ModelState.AddModelError("file", file is { Length: > MaxBytes } ? T["Tệp lớn quá 10 MB. Hãy chia theo huyện rồi nhập từng tệp."] : T["Hãy chọn một tệp CSV có nội dung."]);
        }

        if (form.AsOf > clock.Today())
        {
            // Ages and dates of joining are reckoned from it.
            ModelState.AddModelError(nameof(form.AsOf), T["Ngày của danh sách không thể sau hôm nay."]);
        }

        if (file is null || !ModelState.IsValid)
        {
            return View(form);
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken);
        var upload = new RosterUpload(Guid.CreateVersion7(), user.Id!.Value, Path.GetFileName(file.FileName), form.AsOf ?? clock.Today(), form.Level, string.IsNullOrWhiteSpace(form.District) ? null : form.District.Trim());
        await uploads.SaveAsync(upload, content.ToArray(), cancellationToken);
        return RedirectToAction(nameof(Preview), new { id = upload.Id });
    }

    [HttpGet("{id:guid}")]
    public async Task<IActionResult> Preview(Guid id, ImportOutcome? outcome, int page, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, user.Id, cancellationToken) is not { } found)
        {
            return Gone();
        }

        var report = await importer.ImportAsync(found.Content, Options(found.Upload) with { DryRun = true }, cancellationToken);
        var rows = report.Rows.Where(row => outcome is null || row.Outcome == outcome).OrderByDescending(row => row.Outcome).ThenBy(row => row.Number).ToList();
        var number = Math.Clamp(page, 1, Math.Max(1, (rows.Count + PageSize - 1) / PageSize));
        return View(new RosterPreview(found.Upload, report, outcome, new([.. rows.Skip((number - 1) * PageSize).Take(PageSize)], rows.Count, number, PageSize)));
    }

    [HttpPost("{id:guid}")]
    public async Task<IActionResult> Confirm(Guid id, bool acceptValid, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(id, user.Id, cancellationToken) is not { } found)
        {
            return Gone();
        }

        var report = await importer.ImportAsync(found.Content, Options(found.Upload) with { AcceptValid = acceptValid }, cancellationToken);
        if (report.Changes is not { } changes)
        {
            notifier.Error(T["Chưa ghi gì: còn {0} dòng không nhập được. Sửa tệp rồi chọn lại, hoặc chọn chỉ ghi các dòng hợp lệ.", report.Count(ImportOutcome.Rejected)]);
            return RedirectToAction(nameof(Preview), new { id });
        }

        uploads.Remove(id);
        notifier.Success(T["Đã nhập {0}: thêm {1}, sửa {2}, giữ nguyên {3}.", found.Upload.FileName, changes.Created.ToVietnamese(), changes.Updated.ToVietnamese(), changes.Unchanged.ToVietnamese()]);
        var left = report.Count(ImportOutcome.Rejected) + report.Count(ImportOutcome.NeedsDecision);
        if (left > 0)
        {
            notifier.Warning(T["{0} dòng chưa được nhập. Sửa các dòng đó trong tệp rồi nhập lại; dòng đã có không bị nhân đôi.", left.ToVietnamese()]);
        }

        return RedirectToAction("Index", "Unit");
    }

    private RedirectToActionResult Gone()
    {
        notifier.Error(T["Danh sách này không còn được giữ. Hãy chọn lại tệp."]);
        return RedirectToAction(nameof(Index));
    }

    private RosterImportOptions Options(RosterUpload upload) =>
        new(upload.FileName, upload.AsOf) { Level = upload.Level, District = upload.District, Scope = user.ScopeOf(Permissions.ImportRosters) };
}

/// <summary>What is chosen before the upload.</summary>
public sealed record RosterImportForm
{
    /// <summary>Date of the list.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Commune when the list is of commune-level teams.</summary>
    public UnitLevel? Level { get; init; }

    /// <summary>Code of the district.</summary>
    public string? District { get; init; }
}

/// <summary>The preview of a list.</summary>
/// <param name="Upload">The list.</param>
/// <param name="Report">What becomes of it.</param>
/// <param name="Outcome">Only rows of this outcome.</param>
/// <param name="Rows">The rows, those that need somebody first.</param>
public sealed record RosterPreview(RosterUpload Upload, ImportReport Report, ImportOutcome? Outcome, Page<ImportRow> Rows);
