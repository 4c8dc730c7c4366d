using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace TrainingSite.Library.Services;

/// <summary>A file that was received, not yet kept.</summary>
/// <param name="Path">Where it lies meanwhile.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Its hash.</param>
internal sealed record ReceivedFile(string Path, long Size, string Sha256);

/// <summary>The library's files on the disk: named by hash, never by what somebody called them.</summary>
public sealed class LibraryFiles(SitePaths paths, IConfiguration configuration)
{
    private const long DefaultMaxBytes = 20 * 1024 * 1024;

    /// <summary>Largest file taken, from <c>Media:MaxBytes</c>.</summary>
    public long MaxBytes { get; } = configuration.GetValue("Media:MaxBytes", DefaultMaxBytes);

    /// <summary>Where a kept file lies.</summary>
    public string PathOf(string sha256) => Path.Combine(paths.Folder(Path.Combine("library", sha256[..2])), sha256);

    /// <summary>Writes a stream to the disk up to one byte over the limit; the caller looks at the size, and keeps or drops it.</summary>
    internal async Task<ReceivedFile> ReceiveAsync(Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(paths.Folder("library"), $".{Guid.NewGuid():N}");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 81920);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[81920];
            long size = 0;
            int count;
            while (size <= MaxBytes && (count = await content.ReadAsync(buffer, cancellationToken)) > 0)
            {
                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                size += count;
            }

            return new(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Keeps a received file.</summary>
    internal void Keep(ReceivedFile file) => File.Move(file.Path, PathOf(file.Sha256), overwrite: true);

    /// <summary>Forgets a received file; nothing happens when it was kept.</summary>
    internal static void Drop(ReceivedFile file) => File.Delete(file.Path);

    /// <summary>Deletes a kept file.</summary>
    internal void Delete(string sha256) => File.Delete(PathOf(sha256));
}
