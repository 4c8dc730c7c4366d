using Microsoft.Extensions.Configuration;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>The media on the disk. Smaller copies of pictures lie beside them.</summary>
public sealed class MediaFiles(SitePaths paths, IConfiguration configuration) : FileStore(paths, configuration, "media")
{
    /// <summary>Widths of the copies that pages use: a phone's column, and the same on a sharp screen.</summary>
    public static readonly int[] Widths = [480, 960];

    /// <summary>Most bytes of memory for the tool that makes them, <c>Media:ToolMemoryMegabytes</c>.</summary>
    public long ToolMemory { get; } = configuration.GetValue("Media:ToolMemoryMegabytes", 1024L) * 1024 * 1024;

    /// <summary>Where a smaller copy lies.</summary>
    public string PathOf(string sha256, int width) => $"{PathOf(sha256)}-{width}.webp";

    internal void DeleteAll(MediaFile file)
    {
        foreach (var width in Widths)
        {
            File.Delete(PathOf(file.Sha256, width));
        }

        Delete(file.Sha256);
    }
}
