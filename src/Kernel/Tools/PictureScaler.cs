using Microsoft.Extensions.Configuration;

namespace TrainingSite.Kernel;

/// <summary>
/// Makes smaller copies of pictures, as WebP, with <c>vipsthumbnail</c> (<c>Tools:VipsThumbnail</c>), else <c>cwebp</c> (<c>Tools:CWebp</c>), when
/// the server has one of them.
/// </summary>
/// <param name="configuration">Holds the paths of the tools.</param>
public sealed class PictureScaler(IConfiguration configuration)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ExternalTool? _vips = ExternalTool.Find(configuration["Tools:VipsThumbnail"], "vipsthumbnail");
    private readonly ExternalTool? _cwebp = ExternalTool.Find(configuration["Tools:CWebp"], "cwebp");

    /// <summary>Writes the copy, without what a camera wrote beside the picture.</summary>
    /// <param name="source">The picture: JPEG, PNG or WebP.</param>
    /// <param name="isJpeg">Whether it is a JPEG, which may say in its head which way is up.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="target">Where to; a file that is there is replaced.</param>
    /// <param name="maxMemory">Most bytes of memory that the tool may take: a small file can hold a picture of any size.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <returns>False when no tool could.</returns>
    public async Task<bool> ScaleAsync(string source, bool isJpeg, int width, string target, long maxMemory, CancellationToken cancellationToken)
    {
        // cwebp does not read which way is up: it would lay a photograph on its side.
        if ((_vips ?? (isJpeg ? null : _cwebp)) is not { } tool)
        {
            return false;
        }

        var isMade = false;
        await tool.RunAsync(
            folder => tool == _vips
                ? [source, "--size", $"{width}x100000>", "--output", Path.Combine(folder, "scaled.webp[Q=75,strip]")]
                : ["-quiet", "-q", "75", "-metadata", "none", "-resize", $"{width}", "0", source, "-o", Path.Combine(folder, "scaled.webp")],
            Limit,
            maxOutput: 1000,
            folder =>
            {
                if (File.Exists(Path.Combine(folder, "scaled.webp")))
                {
                    File.Move(Path.Combine(folder, "scaled.webp"), target, overwrite: true);
                    isMade = true;
                }

                return Task.CompletedTask;
            },
            maxMemory,
            cancellationToken);
        return isMade;
    }
}
