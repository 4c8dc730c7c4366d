using Microsoft.Extensions.Configuration;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>
/// Makes small copies of pictures by <c>vipsthumbnail</c> (<c>Tools:VipsThumbnail</c>) or <c>cwebp</c> (<c>Tools:CWebp</c>). A site without them
/// shows the pictures as they came.
/// </summary>
public sealed class PictureShrinker(IConfiguration configuration)
{
    /// <summary>Smaller pictures are light enough.</summary>
    private const long From = 150_000;

    private const string Side = "1280";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);
    private readonly ExternalTool? _vips = ExternalTool.Find(configuration["Tools:VipsThumbnail"], "vipsthumbnail");
    private readonly ExternalTool? _cwebp = ExternalTool.Find(configuration["Tools:CWebp"], "cwebp");

    /// <summary>Makes the small copy of a picture, unless it would not be smaller.</summary>
    internal async Task ShrinkAsync(string path, string smallPath, FileFormat format, CancellationToken cancellationToken)
    {
        var size = new FileInfo(path).Length;
        // cwebp would lay a photograph on its side that says in its head which way is up.
        if (size < From || (_vips ?? (format == FileFormat.Jpeg ? null : _cwebp)) is not { } tool)
        {
            return;
        }

        await tool.RunAsync(
            folder => tool == _vips
                ? [path, "--size", $"{Side}x{Side}>", "-o", Path.Combine(folder, "small.webp[Q=70,strip]")]
                : ["-quiet", "-q", "70", "-metadata", "none", "-resize", Side, "0", path, "-o", Path.Combine(folder, "small.webp")],
            Limit, 10_000, folder =>
            {
                if (new FileInfo(Path.Combine(folder, "small.webp")) is { Exists: true } small && small.Length < size)
                {
                    small.MoveTo(smallPath, overwrite: true);
                }

                return Task.CompletedTask;
            }, _limits.ToolMemory, cancellationToken);
    }
}
