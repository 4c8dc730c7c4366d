using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Controllers;
using TrainingSite.Sessions.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Paper;

/// <summary>Photographs of a point: the sheet that was signed on paper, the room. For who may serve the point, and nobody else.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize]
[Route("sessions/{code}/points/{point}/photos")]
public sealed class PointPhotoController(SiteDbContext db, SessionAccess access, PointPhotos photos, PointPhotoFiles files, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int MostAtOnce = 10;

    [HttpGet("")]
    public async Task<IActionResult> Index(string code, string point, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var kept = await db.Set<PointPhoto>().AsNoTracking().Where(photo => photo.PointId == found.Value.Id).OrderByDescending(photo => photo.AddedUtc).ThenBy(photo => photo.Id).ToListAsync(cancellationToken);
        return View(new PointPhotosModel(found.Value, kept));
    }

    [HttpPost("")]
    public async Task<IActionResult> Add(string code, string point, List<IFormFile>? pictures, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        if (pictures is not { Count: > 0 and <= MostAtOnce })
        {
            notifier.Error(T["Hãy chọn từ 1 đến {0} ảnh.", MostAtOnce]);
            return RedirectToAction(nameof(Index), new { code, point });
        }

        var added = 0;
        foreach (var picture in pictures)
        {
            await using var content = picture.OpenReadStream();
            var result = await photos.AddAsync(found.Value, content, cancellationToken);
            if (result.Succeeded)
            {
                added++;
            }
            else
            {
                notifier.Error($"{picture.FileName}: {result.Faults[0].Message}");
            }
        }

        if (added > 0)
        {
            notifier.Success(T["Đã lưu {0} ảnh.", added]);
        }

        return RedirectToAction(nameof(Index), new { code, point });
    }

    /// <summary>The picture, as the kind that its bytes are and nothing else.</summary>
    [HttpGet("{id:guid}")]
    [ResponseCache(Location = ResponseCacheLocation.Client, Duration = 3600)]
    public async Task<IActionResult> Show(string code, string point, Guid id, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        var photo = await db.Set<PointPhoto>().AsNoTracking().SingleOrDefaultAsync(photo => photo.Id == id && photo.PointId == found.Value.Id, cancellationToken);
        return photo is null ? NotFound() : PhysicalFile(files.PathOf(photo.Sha256), photo.Type switch
        {
            PhotoType.Jpeg => "image/jpeg",
            PhotoType.Png => "image/png",
            PhotoType.WebP => "image/webp",
        });
    }

    [HttpPost("{id:guid}/remove")]
    public async Task<IActionResult> Remove(string code, string point, Guid id, CancellationToken cancellationToken)
    {
        var found = await access.FindPointToServeAsync(code, point, cancellationToken);
        if (!found.Succeeded)
        {
            return this.Refuse(found.Faults);
        }

        if (!await photos.RemoveAsync(found.Value, id, cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã bỏ ảnh."]);
        return RedirectToAction(nameof(Index), new { code, point });
    }
}

/// <summary>The photographs of a point.</summary>
public sealed record PointPhotosModel(SessionPoint Point, IReadOnlyList<PointPhoto> Photos);
