using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;

namespace TrainingSite.Media.Controllers;

/// <summary>The media library for authors, and the files for everybody who reads the pages that show them.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("media")]
public sealed class MediaController(SiteDbContext db, MediaLibrary library, MediaFolders folders, MediaFiles files, CurrentUser user, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int MostAtOnce = 20;

    [HttpGet("")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> Index([FromQuery] MediaFilter filter, int page, CancellationToken cancellationToken) =>
        View(new MediaList(await FindAsync(filter, page, size: 48, cancellationToken), await db.MediaFolders.AsNoTracking().OrderBy(folder => folder.Name).Take(200).ToListAsync(cancellationToken), filter));

    /// <summary>Files to choose from, for the editors of other modules: a part of a page.</summary>
    [HttpGet("pick")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> Pick([FromQuery] MediaFilter filter, CancellationToken cancellationToken) =>
        PartialView("Pick", await FindAsync(filter, page: 1, size: 24, cancellationToken));

    [HttpGet("new")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> New(Guid? folder, CancellationToken cancellationToken) =>
        View(await UploadAsync(folder, null, cancellationToken));

    [HttpPost("new")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> New(Guid? folder, string? description, List<IFormFile>? uploads, List<IFormFile>? scaled, CancellationToken cancellationToken)
    {
        if (uploads is not { Count: > 0 and <= MostAtOnce })
        {
            ModelState.AddModelError("Files", T["Hãy chọn từ 1 đến {0} tệp.", MostAtOnce]);
            return View(await UploadAsync(folder, description, cancellationToken));
        }

        if (await db.MediaFolders.FirstOrDefaultAsync(row => row.Id == folder, cancellationToken) is not { } target)
        {
            ModelState.AddModelError("FolderId", T["Hãy chọn một thư mục."]);
            return View(await UploadAsync(folder, description, cancellationToken));
        }

        var added = new List<AddedMedia>();
        for (var index = 0; index < uploads.Count; index++)
        {
            // The browser calls the smaller copies of its nth picture "n.webp".
            var copies = (scaled ?? []).Where(copy => copy.FileName == $"{index}.webp").Select(copy => copy.OpenReadStream()).ToList();
            await using var content = uploads[index].OpenReadStream();
            var result = await library.AddAsync(target, content, uploads[index].FileName, uploads.Count == 1 ? description : null, copies, cancellationToken);
            copies.ForEach(copy => copy.Dispose());
            if (result.Succeeded)
            {
                added.Add(result.Value);
            }
            else
            {
                ModelState.AddModelError("Files", $"{UploadName.Stem(uploads[index].FileName)}: {result.Faults[0].Message}");
            }
        }

        if (added.Count > 0)
        {
            Tell(added);
        }

        return !ModelState.IsValid ? View(await UploadAsync(folder, description, cancellationToken))
            : added.Count == 1 ? RedirectToAction(nameof(Edit), new { name = added[0].File.Name })
            : RedirectToAction(nameof(Index), new { folder });
    }

    [HttpGet("edit/{name}")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> Edit(string name, CancellationToken cancellationToken) =>
        await FindAsync(name, cancellationToken) is { } file ? View(await PageAsync(file, cancellationToken)) : NotFound();

    [HttpPost("edit/{name}")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> Edit(string name, int version, string? description, Guid folder, string? captions, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not { } file || await db.MediaFolders.FirstOrDefaultAsync(row => row.Id == folder, cancellationToken) is not { } target)
        {
            return NotFound();
        }

        var result = await library.UpdateAsync(file, version, description ?? "", target, captions, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(T["Đã lưu “{0}”.", file.Description]);
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Edit), new { name });
    }

    [HttpPost("edit/{name}/delete")]
    [Authorize(nameof(Permissions.ManageMedia))]
    public async Task<IActionResult> Delete(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not { } file)
        {
            return NotFound();
        }

        var result = await library.DeleteAsync(file, cancellationToken);
        if (!result.Succeeded)
        {
            notifier.Error(result.Faults[0].Message);
            return RedirectToAction(nameof(Edit), new { name });
        }

        notifier.Success(T["Đã xóa “{0}”.", file.Description]);
        return RedirectToAction(nameof(Index));
    }

    /// <summary>The file, or with <paramref name="w"/> its smaller copy. What a name stands for never changes, so browsers keep it.</summary>
    [HttpGet("{name:regex(^[[a-z0-9-]]+\\.[[a-z0-9]]+$)}")]
    public async Task<IActionResult> Show(string name, int? w, CancellationToken cancellationToken)
    {
        var file = await db.MediaFiles.AsNoTracking().Where(row => row.Name == name)
            .Select(row => new { row.Sha256, row.Kind, row.Format, row.CreatedUtc, HasCopy = row.Renditions.Any(rendition => rendition.Width == w) }).SingleOrDefaultAsync(cancellationToken);
        if (file is null)
        {
            return NotFound();
        }

        // Whatever stands in the file, it runs nothing and belongs to nobody's session. Opened alone, a film or sound is a page that the browser makes, with the file in it.
        Response.Headers.ContentSecurityPolicy = file.Kind is MediaKind.Audio or MediaKind.Video ? "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'" : "sandbox; default-src 'none'";
        Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        var disposition = new ContentDispositionHeaderValue(file.Kind == MediaKind.Attachment ? "attachment" : "inline");
        disposition.SetHttpFileName(name);
        Response.Headers.ContentDisposition = disposition.ToString();
        return file.HasCopy && w is { } width
            ? PhysicalFile(files.PathOf(file.Sha256, width), "image/webp", file.CreatedUtc, new EntityTagHeaderValue($"\"{file.Sha256}-{width}\""), enableRangeProcessing: true)
            : PhysicalFile(files.PathOf(file.Sha256), MediaFormats.ContentType(file.Format), file.CreatedUtc, new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    private void Tell(List<AddedMedia> added)
    {
        var (fresh, known) = (added.Count(file => file.IsNew), added.Count(file => !file.IsNew));
        if (fresh == 0)
        {
            notifier.Warning(known == 1 ? T["Tệp này đã có trong kho: đây là “{0}”. Chưa thêm gì mới.", added[0].File.Description] : T["Cả {0} tệp đã có trong kho từ trước. Chưa thêm gì mới.", known]);
            return;
        }

        notifier.Success(known > 0 ? T["Đã thêm {0} tệp vào kho; {1} tệp đã có từ trước.", fresh, known]
            : fresh == 1 ? T["Đã thêm “{0}” vào kho.", added[0].File.Description]
            : T["Đã thêm {0} tệp vào kho.", fresh]);
    }

    private Task<MediaFile?> FindAsync(string name, CancellationToken cancellationToken) =>
        db.MediaFiles.Include(file => file.Folder).Include(file => file.Captions).SingleOrDefaultAsync(file => file.Name == name, cancellationToken);

    private Task<Page<MediaRow>> FindAsync(MediaFilter filter, int page, int size, CancellationToken cancellationToken)
    {
        var found = db.MediaFiles.AsNoTracking();
        if (filter.Folder is { } folder)
        {
            found = found.Where(file => file.FolderId == folder);
        }

        if (filter.Kind is { } kind)
        {
            found = found.Where(file => file.Kind == kind);
        }

        if (!string.IsNullOrWhiteSpace(filter.Q))
        {
            // The name is the description's words without accents; so both ways of typing find it.
            var (words, folded) = (VietnameseText.Clean(filter.Q), VietnameseText.Fold(filter.Q).Replace(' ', '-'));
            found = found.Where(file => file.Description.Contains(words) || file.Name.Contains(folded));
        }

        return found.OrderByDescending(file => file.CreatedUtc).ThenByDescending(file => file.Id)
            .Select(file => new MediaRow(file.Name, file.Description, file.Kind, file.Size, file.Renditions.Any(copy => copy.Width == MediaFiles.Widths[0]), file.Folder.Name))
            .ToPageAsync(page, size, cancellationToken);
    }

    private async Task<MediaUpload> UploadAsync(Guid? folder, string? description, CancellationToken cancellationToken) =>
        new(await folders.ManagedAsync(cancellationToken), folder, description, files.MaxMegabytes);

    private async Task<MediaPage> PageAsync(MediaFile file, CancellationToken cancellationToken) => new(
        file,
        await folders.ManagedAsync(cancellationToken),
        file.Kind is MediaKind.Audio or MediaKind.Video
            ? await db.MediaFiles.Where(row => row.Kind == MediaKind.Captions).OrderByDescending(row => row.CreatedUtc).Take(100).Select(row => new MediaRow(row.Name, row.Description, row.Kind, row.Size, false, row.Folder.Name)).ToListAsync(cancellationToken)
            : [],
        await library.UsesAsync(file, cancellationToken),
        user.CanManage(file.Folder));
}

/// <summary>What the list was asked by.</summary>
public sealed record MediaFilter(Guid? Folder, MediaKind? Kind, string? Q);

/// <summary>The list.</summary>
public sealed record MediaList(Page<MediaRow> Files, IReadOnlyList<MediaFolder> Folders, MediaFilter Filter);

/// <summary>A file in a list.</summary>
public sealed record MediaRow(string Name, string Description, MediaKind Kind, long Size, bool HasThumbnail, string Folder);

/// <summary>The page where files are sent.</summary>
public sealed record MediaUpload(IReadOnlyList<MediaFolder> Folders, Guid? Folder, string? Description, long MaxMegabytes);

/// <summary>The page of a file.</summary>
public sealed record MediaPage(MediaFile File, IReadOnlyList<MediaFolder> Folders, IReadOnlyList<MediaRow> Captions, IReadOnlyList<MediaUse> Uses, bool CanManage);
