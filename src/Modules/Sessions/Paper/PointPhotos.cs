using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Localization;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>Photographs of points. Files lie in the site's data folder, named by their hash; what they are is decided by their bytes.</summary>
public sealed class PointPhotos(SiteDbContext db, SitePaths paths, IConfiguration configuration, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T)
{
    private const long DefaultMaxBytes = 20 * 1024 * 1024;

    /// <summary>Largest picture taken, from <c>Media:MaxBytes</c>.</summary>
    public long MaxBytes { get; } = configuration.GetValue("Media:MaxBytes", DefaultMaxBytes);

    /// <summary>Where a kept picture lies.</summary>
    public string PathOf(string sha256) => Path.Combine(paths.Folder(Path.Combine("point-photos", sha256[..2])), sha256);

    /// <summary>Keeps a picture with a point; the same picture twice is kept once.</summary>
    public async Task<Result<PointPhoto>> AddAsync(SessionPoint point, Stream content, CancellationToken cancellationToken = default)
    {
        var draft = Path.Combine(paths.Folder("point-photos"), $".{Guid.NewGuid():N}");
        try
        {
            var (size, sha256, type) = await ReceiveAsync(content, draft, cancellationToken);
            if (size > MaxBytes)
            {
                return new Fault("file_too_large", T["Ảnh lớn hơn {0} MB. Hãy chụp ở cỡ nhỏ hơn rồi gửi lại.", Math.Max(1, MaxBytes / (1024 * 1024))], "photos");
            }

            if (type is not { } known)
            {
                return new Fault("file_not_picture", T["Tệp này không phải ảnh JPEG, PNG hay WebP."], "photos");
            }

            File.Move(draft, PathOf(sha256), overwrite: true);
            var (id, now, by, kind) = (Guid.CreateVersion7(), clock.UtcNow(), user.Name, known.ToString());
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Sessions_PointPhoto" ("Id", "PointId", "Sha256", "Type", "Size", "AddedUtc", "AddedBy")
                VALUES ({id}, {point.Id}, {sha256}, {kind}, {size}, {now}, {by}) ON CONFLICT DO NOTHING
                """, cancellationToken);
            return await db.Set<PointPhoto>().AsNoTracking().SingleAsync(photo => photo.PointId == point.Id && photo.Sha256 == sha256, cancellationToken);
        }
        finally
        {
            File.Delete(draft);
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
            File.Delete(PathOf(sha256));
        }

        return true;
    }

    /// <summary>The kind of picture that begins with these bytes; null when it is none.</summary>
    internal static PhotoType? TypeOf(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? PhotoType.Jpeg
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? PhotoType.Png
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? PhotoType.WebP
        : null;

    /// <summary>Writes the stream to the disk up to one byte over the limit, and looks at its first bytes.</summary>
    private async Task<(long Size, string Sha256, PhotoType? Type)> ReceiveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[81920];
        var (size, type) = (0L, (PhotoType?)null);
        int count;
        while (size <= MaxBytes && (count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0)
        {
            type = size == 0 ? TypeOf(buffer.AsSpan(0, count)) : type;
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            size += count;
        }

        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()), type);
    }
}
