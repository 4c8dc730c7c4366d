using Microsoft.Extensions.Configuration;
using TrainingSite.Library.Models;

namespace TrainingSite.Library.Services;

/// <summary>Makes a small copy of each large picture. A site without a tool for it shows the pictures as they came.</summary>
public sealed class PictureShrinker(PictureScaler scaler, IConfiguration configuration)
{
    /// <summary>Smaller pictures are light enough.</summary>
    private const long From = 150_000;

    private const int Width = 1280;

    private readonly LibraryLimits _limits = LibraryLimits.Of(configuration);

    /// <summary>Makes the small copy of a picture, unless it would not be smaller.</summary>
    internal async Task ShrinkAsync(string path, string smallPath, FileFormat format, CancellationToken cancellationToken)
    {
        var size = new FileInfo(path).Length;
        var draft = $"{smallPath}.new";
        if (size < From || !await scaler.ScaleAsync(path, format == FileFormat.Jpeg, Width, draft, _limits.ToolMemory, cancellationToken))
        {
            return;
        }

        if (new FileInfo(draft).Length < size)
        {
            File.Move(draft, smallPath, overwrite: true);
        }
        else
        {
            File.Delete(draft);
        }
    }
}
