using System.Text.RegularExpressions;
using TrainingSite.Courses.Models;
using TrainingSite.Media.Models;
using TrainingSite.Media.Services;

namespace TrainingSite.Courses.Services;

/// <summary>A picture of a question.</summary>
/// <param name="Url">Its address on the site; of a large one that of its smallest copy.</param>
/// <param name="Width">Width; with the height it keeps the page from jumping when the picture arrives.</param>
/// <param name="Height">Height.</param>
public sealed record ShownPicture(string Url, int Width, int Height);

/// <summary>Finds the pictures that questions name as lessons do: <c>media/NAME</c> from the media library, <c>drawings/NAME</c> from the module.</summary>
public sealed partial class QuestionPictures(LessonMedia media, LessonDrawings drawings)
{
    /// <summary>The pictures by what questions call them; what is not there, or is no picture, is left out.</summary>
    public async Task<IReadOnlyDictionary<string, ShownPicture>> FindAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var wanted = names.Distinct().ToList();
        var found = new Dictionary<string, ShownPicture>(StringComparer.Ordinal);
        foreach (var name in wanted)
        {
            if (drawings.Find(name) is { } drawing)
            {
                found[name] = new(drawing.Url, drawing.Width, drawing.Height);
            }
        }

        var files = await media.FindByNameAsync([.. wanted.Select(FileName).OfType<string>()], cancellationToken);
        foreach (var file in files.Values.Where(file => file.Kind == MediaKind.Picture))
        {
            var copy = file.Copies.Any(copy => copy.Width == MediaFiles.Widths[0]) ? $"?w={MediaFiles.Widths[0]}" : "";
            found[LessonMedia.Prefix + file.Name] = new($"/media/{file.Name}{copy}", file.Width, file.Height);
        }

        return found;
    }

    /// <summary>The pictures that a question names.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<QuestionOption> options, QuestionScene? scene) =>
        options.Select(option => option.Picture).Append(scene?.Picture).OfType<string>();

    /// <summary>The file of the media library that a question means; null when it means none.</summary>
    public static string? FileName(string name) => IsName(name) && name.StartsWith(LessonMedia.Prefix, StringComparison.Ordinal) ? name[LessonMedia.Prefix.Length..] : null;

    /// <summary>Whether that can be the name of a picture.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex(@"^(media|drawings)/[a-z0-9-]+\.[a-z0-9]+$")]
    private static partial Regex Name();
}
