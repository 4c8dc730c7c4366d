using Microsoft.Extensions.Configuration;
using TrainingSite.Media.Models;

namespace TrainingSite.Media.Services;

/// <summary>
/// Makes smaller copies of pictures with <c>vipsthumbnail</c>, else <c>cwebp</c>, when the server has one of them. Without, the copies
/// are those that the author's browser made; and without those, pages show the picture as it is.
/// </summary>
public sealed class PictureScaler(IConfiguration configuration)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ExternalTool? _vips = ExternalTool.Find(configuration["Tools:VipsThumbnail"], "vipsthumbnail");
    private readonly ExternalTool? _cwebp = ExternalTool.Find(configuration["Tools:Cwebp"], "cwebp");

    /// <summary>Writes the copy; false when no tool could.</summary>
    internal async Task<bool> ScaleAsync(string source, MediaFormat format, int width, string target, CancellationToken cancellationToken)
    {
        // cwebp would lay a photograph on its side that says in its head which way is up.
        var tool = _vips ?? (format == MediaFormat.Jpeg ? null : _cwebp);
        if (tool is null || format == MediaFormat.Gif)
        {
            return false;
        }

        var result = await tool.RunAsync(
            folder => tool == _vips
                ? [source, "--size", $"{width}x100000", "--output", Path.Combine(folder, "scaled.webp[Q=78,strip]")]
                : ["-quiet", "-q", "78", "-resize", $"{width}", "0", source, "-o", Path.Combine(folder, "scaled.webp")],
            Limit,
            maxOutput: 1000,
            folder =>
            {
                File.Move(Path.Combine(folder, "scaled.webp"), target, overwrite: true);
                return Task.CompletedTask;
            },
            cancellationToken: cancellationToken);
        return result.Outcome == ToolOutcome.Done;
    }
}
