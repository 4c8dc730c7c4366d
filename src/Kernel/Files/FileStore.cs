using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>A file that was received, not yet kept.</summary>
/// <param name="Path">Where it lies meanwhile.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Its hash.</param>
public sealed record ReceivedFile(string Path, long Size, string Sha256);

/// <summary>Files on the disk, in one folder of the site's data: named by hash, never by what somebody called them.</summary>
/// <param name="paths">Where the site keeps its files.</param>
/// <param name="configuration">Holds the limit.</param>
/// <param name="folder">The folder's name.</param>
/// <param name="maxBytes">A limit of the store's own; null for the common one.</param>
public abstract class FileStore(SitePaths paths, IConfiguration configuration, string folder, long? maxBytes = null)
{
    private const long DefaultMaxBytes = 20 * 1024 * 1024;

    /// <summary>Largest file taken, from <c>Media:MaxBytes</c> unless the store has a limit of its own.</summary>
    public long MaxBytes { get; } = maxBytes ?? configuration.GetValue("Media:MaxBytes", DefaultMaxBytes);

    /// <summary>The same for people, in whole megabytes.</summary>
    public long MaxMegabytes => Math.Max(1, MaxBytes / (1024 * 1024));

    /// <summary>Where a kept file lies.</summary>
    public string PathOf(string sha256) => Path.Combine(paths.Folder(Path.Combine(folder, sha256[..2])), sha256);

    /// <summary>Writes a stream to the disk up to one byte over the limit; the caller looks at the size, and keeps or drops it.</summary>
    public async Task<ReceivedFile> ReceiveAsync(Stream content, CancellationToken cancellationToken)
    {
        var path = Path.Combine(paths.Folder(folder), $".{Guid.NewGuid():N}");
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
    public void Keep(ReceivedFile file) => File.Move(file.Path, PathOf(file.Sha256), overwrite: true);

    /// <summary>Forgets a received file; nothing happens when it was kept.</summary>
    public static void Drop(ReceivedFile file) => File.Delete(file.Path);

    /// <summary>Deletes a kept file.</summary>
    public void Delete(string sha256) => File.Delete(PathOf(sha256));
}

/// <summary>Registration of file stores.</summary>
public static class FileStoreExtensions
{
    /// <summary>Adds a store, and lets a request be as large as its files: a file somewhat over the limit should still reach the page that explains the limit.</summary>
    public static IServiceCollection AddFileStore<T>(this IServiceCollection services) where T : FileStore
    {
        services.AddSingleton<T>();
        services.AddOptions<KestrelServerOptions>().Configure<T>((server, files) =>
            server.Limits.MaxRequestBodySize = Math.Max(server.Limits.MaxRequestBodySize ?? 0, Room(files)));
        services.AddOptions<FormOptions>().Configure<T>((form, files) =>
            form.MultipartBodyLengthLimit = Math.Max(form.MultipartBodyLengthLimit, Room(files)));
        return services;
    }

    private static long Room(FileStore files) => (files.MaxBytes * 2) + (1024 * 1024);
}
