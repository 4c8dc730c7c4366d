using System.Text.RegularExpressions;
using TrainingSite.Media.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A file of the media library as a lesson shows it.</summary>
/// <param name="Name">Its name in addresses and in Markdown.</param>
/// <param name="Kind">How it is shown.</param>
/// <param name="Format">What it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Width">Width of a picture.</param>
/// <param name="Height">Height of a picture.</param>
/// <param name="Captions">Name of the captions, if any.</param>
/// <param name="Copies">Smaller copies of a picture.</param>
public sealed record LessonFile(string Name, MediaKind Kind, MediaFormat Format, long Size, int Width, int Height, string? Captions, IReadOnlyList<LessonFileCopy> Copies);

/// <summary>A smaller copy of a picture.</summary>
/// <param name="Width">Width.</param>
/// <param name="Size">Bytes.</param>
public sealed record LessonFileCopy(int Width, long Size);

/// <summary>Finds the files that lessons name as <c>media/NAME</c>.</summary>
public sealed partial class LessonMedia(SiteDbContext db)
{
    /// <summary>How Markdown begins the address of a file.</summary>
    public const string Prefix = "media/";

    /// <summary>The files that the texts name, by name; those that are not there are left out.</summary>
    public Task<IReadOnlyDictionary<string, LessonFile>> FindAsync(IEnumerable<string> texts, CancellationToken cancellationToken) =>
        FindByNameAsync([.. texts.SelectMany(Names).Distinct()], cancellationToken);

    /// <summary>The files of those names; those that are not there are left out.</summary>
    internal async Task<IReadOnlyDictionary<string, LessonFile>> FindByNameAsync(string[] names, CancellationToken cancellationToken) =>
        names.Length == 0
            ? new Dictionary<string, LessonFile>()
            : await db.MediaFiles.AsNoTracking().Where(file => names.Contains(file.Name))
                .Select(file => new LessonFile(
                    file.Name, file.Kind, file.Format, file.Size, file.Width, file.Height, file.Captions == null ? null : file.Captions.Name,
                    file.Renditions.OrderBy(copy => copy.Width).Select(copy => new LessonFileCopy(copy.Width, copy.Size)).ToList()))
                .ToDictionaryAsync(file => file.Name, cancellationToken);

    /// <summary>The names of files in a text.</summary>
    public static IEnumerable<string> Names(string text) => Link().Matches(text).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\]\(media/(?<name>[a-z0-9-]+\.[a-z0-9]+)")]
    private static partial Regex Link();
}
