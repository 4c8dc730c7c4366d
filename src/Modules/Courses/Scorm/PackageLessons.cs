using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Scorm;

/// <summary>Lessons that play a package: each also has a text, which says what is in the package and which the author may write on.</summary>
public sealed class PackageLessons(SiteDbContext db, LessonEditor editor, IStringLocalizer<Strings> T)
{
    private const int LongestTitle = 200;
    private const int DefaultMinutes = 15;
    private const int MostMinutes = 120;
    private const int LongestSummary = 300;

    /// <summary>Adds a lesson at the end of a course.</summary>
    public async Task<Result<Lesson>> AddAsync(Course course, ScormPackage package, string? title, int? minutes, CancellationToken cancellationToken)
    {
        var name = VietnameseText.Clean(title ?? "") is { Length: > 0 } own ? own : package.Title;
        var taken = await db.AllLessonsOf(course).Select(lesson => lesson.Slug).ToListAsync(cancellationToken);
        var stem = LessonRenderer.ToSlug(name) is { Length: > 0 } slug && !ReservedNames.IsLesson(slug) ? slug : "goi-hoc";
        stem = stem.Length <= 90 ? stem : stem[..90].Trim('-');
        var form = new LessonForm
        {
            Title = name.Length <= LongestTitle ? name : name[..LongestTitle],
            Slug = Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? stem : $"{stem}-{number}").First(free => !taken.Contains(free)),
            Minutes = Math.Clamp(minutes ?? DefaultMinutes, 1, MostMinutes),
            Position = taken.Count + 1,
            Summary = Summarize(package),
            Markdown = T["Bấm “Mở gói học” để học bài này."],
        };
        return await editor.WriteAsync(course, null, form, cancellationToken, package.Sha256);
    }

    /// <summary>Gives a lesson another package. Its text stays; who was in the earlier package begins anew in this one, what was finished stays finished.</summary>
    public Task<Result<Lesson>> ReplaceAsync(Course course, Lesson lesson, ScormPackage package, CancellationToken cancellationToken)
    {
        var form = new LessonForm { Version = lesson.Version, Title = lesson.Title, Slug = lesson.Slug, Summary = lesson.Summary, Minutes = lesson.Minutes, Position = lesson.Position, Markdown = lesson.Markdown };
        return editor.WriteAsync(course, lesson, form, cancellationToken, package.Sha256);
    }

    /// <summary>The titles of its parts, for the list of lessons and for search; empty when there is but one.</summary>
    private static string Summarize(ScormPackage package)
    {
        var parts = package.ReadItems().Where(item => item.Number > 0).ToList();
        var titles = parts.Count == 1 ? "" : string.Join("; ", parts.Select(part => part.Title));
        return titles.Length <= LongestSummary ? titles : $"{titles[..(LongestSummary - 1)]}…";
    }
}
