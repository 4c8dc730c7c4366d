using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>Where the photographs of points lie.</summary>
public sealed class PointPhotoFiles(SitePaths paths, IConfiguration configuration) : FileStore(paths, configuration, "point-photos");

/// <summary>Photographs of points; what they are is decided by their bytes.</summary>
public sealed class PointPhotos(SiteDbContext db, PointPhotoFiles files, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    /// <summary>Keeps a picture with a point; the same picture twice is kept once.</summary>
    public async Task<Result<PointPhoto>> AddAsync(SessionPoint point, Stream content, CancellationToken cancellationToken = default)
    {
        var received = await files.ReceiveAsync(content, cancellationToken);
        try
        {
            if (received.Size > files.MaxBytes)
            {
                return new Fault("file_too_large", T["Ảnh lớn hơn {0} MB. Hãy chụp ở cỡ nhỏ hơn rồi gửi lại.", files.MaxMegabytes], "photos");
            }

            PhotoType? type = await FileSignatures.OfFileAsync(received.Path, cancellationToken) switch
            {
                FileSignature.Jpeg => PhotoType.Jpeg,
                FileSignature.Png => PhotoType.Png,
                FileSignature.WebP => PhotoType.WebP,
                _ => null,
            };
            if (type is not { } known)
            {
                return new Fault("file_not_picture", T["Tệp này không phải ảnh JPEG, PNG hay WebP."], "photos");
            }

            var (sha256, size) = (received.Sha256, received.Size);
            files.Keep(received);
            var (id, now, by, kind) = (Guid.CreateVersion7(), clock.UtcNow(), user.Name, known.ToString());
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Sessions_PointPhoto" ("Id", "PointId", "Sha256", "Type", "Size", "AddedUtc", "AddedBy")
                VALUES ({id}, {point.Id}, {sha256}, {kind}, {size}, {now}, {by}) ON CONFLICT DO NOTHING
                """, cancellationToken);
            return await db.Set<PointPhoto>().AsNoTracking().SingleAsync(photo => photo.PointId == point.Id && photo.Sha256 == sha256, cancellationToken);
        }
        finally
        {
            FileStore.Drop(received);
        }
    }

    /// <summary>Takes a picture away, and its file when no other point keeps the same.</summary>
    public async Task<bool> RemoveAsync(SessionPoint point, Guid id, CancellationToken cancellationToken = default)
    {
        var sha256 = await db.Set<PointPhoto>().Where(photo => photo.Id == id && photo.PointId == point.Id).Select(photo => photo.Sha256).SingleOrDefaultAsync(cancellationToken);
        if (sha256 is null)
        {
            return false;
        }

        await db.Set<PointPhoto>().Where(photo => photo.Id == id).ExecuteDeleteAsync(cancellationToken);
        if (!await db.Set<PointPhoto>().AnyAsync(photo => photo.Sha256 == sha256, cancellationToken))
        {
            files.Delete(sha256);
        }

        return true;
    }
}
