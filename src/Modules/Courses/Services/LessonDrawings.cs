using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;

namespace TrainingSite.Courses.Services;

/// <summary>A drawing that lessons may show.</summary>
/// <param name="Url">Its address on the site.</param>
/// <param name="Width">Width of its view box.</param>
/// <param name="Height">Height of its view box; with the width it keeps the text from jumping when the drawing arrives.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record LessonDrawing(string Url, int Width, int Height, int Bytes);

/// <summary>The drawings in the module's <c>wwwroot/drawings</c>.</summary>
public sealed partial class LessonDrawings(IWebHostEnvironment environment)
{
    private const string Folder = "modules/courses/drawings/";

    /// <summary>The drawing that Markdown names as <c>drawings/t7-dung-lai.svg</c>; null when there is none.</summary>
    public LessonDrawing? Find(string? name)
    {
        if (name is null || !Name().IsMatch(name))
        {
            return null;
        }

        var path = Folder + name["drawings/".Length..];
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        using var reader = new StreamReader(file.CreateReadStream());
        var box = ViewBox().Match(reader.ReadToEnd());
        return new("/" + path, Side(box, "width"), Side(box, "height"), (int)file.Length);
    }

    private static int Side(Match box, string name) =>
        box.Success ? (int)double.Parse(box.Groups[name].Value, CultureInfo.InvariantCulture) : 400;

    [GeneratedRegex(@"^drawings/[a-z0-9-]+\.svg$")]
    private static partial Regex Name();

    [GeneratedRegex(@"viewBox=""[-\d.]+[ ,]+[-\d.]+[ ,]+(?<width>[\d.]+)[ ,]+(?<height>[\d.]+)""")]
    private static partial Regex ViewBox();
}
