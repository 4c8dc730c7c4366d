using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Offline;

/// <summary>A course as phones keep it: the same for everybody, without anything that tells a right answer.</summary>
/// <param name="Id">Key.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">One or two sentences.</param>
/// <param name="TopicCode">Code of the topic.</param>
/// <param name="TopicName">Name of the topic.</param>
/// <param name="Revision">Which publishing it is.</param>
/// <param name="HasQuiz">Whether a quiz belongs to it.</param>
/// <param name="PassPercent">Share of right answers that passes the quiz.</param>
/// <param name="Lessons">Its lessons in order.</param>
/// <param name="Bytes">What it takes on the phone, about.</param>
public sealed record OfflineCourse(
    Guid Id, string Slug, string Title, string Summary, string TopicCode, string TopicName, int Revision, bool HasQuiz, int PassPercent, IReadOnlyList<OfflineLesson> Lessons, long Bytes);

/// <summary>A lesson as phones keep it.</summary>
/// <param name="Id">Key.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Minutes">Minutes that reading takes.</param>
/// <param name="Html">The text; each picture in one width.</param>
/// <param name="IsPackage">Whether it plays a package, which needs a network and says itself when it is done.</param>
public sealed record OfflineLesson(Guid Id, string Slug, string Title, string Summary, int Minutes, string Html, bool IsPackage);

/// <summary>Makes what phones keep of a course. It stays in memory until the course is published anew.</summary>
public sealed partial class OfflineCourses(SiteDbContext db, IMemoryCache cache, LessonMedia media, IWebHostEnvironment environment)
{
    /// <summary>What the course's page and that of all kept courses fetch beside pictures, see the theme's <c>learn</c>.</summary>
    private static readonly string[] Parts = ["light.css", "learn.css", "learn.js", "learn-home.js", "site.webmanifest", "img/mark.svg", "img/thocam.svg"];

    /// <summary>Markup of both pages without the lessons, and what each lesson and each question adds to its text, about.</summary>
    private const int PagesBytes = 30_000, LessonBytes = 2_200, QuestionBytes = 450;

    /// <summary>A published course; null when there is none of that name.</summary>
    public async Task<OfflineCourse?> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().Where(row => row.Slug == slug && row.State == CourseState.Published)
            .Select(row => new { row.Id, row.Revision }).SingleOrDefaultAsync(cancellationToken);
        return course is null ? null : await GetAsync(course.Id, course.Revision, cancellationToken);
    }

    /// <summary>A published course whose revision is known.</summary>
    public async Task<OfflineCourse> GetAsync(Guid id, int revision, CancellationToken cancellationToken)
    {
        if (!cache.TryGetValue((typeof(OfflineCourses), id), out OfflineCourse? known) || known!.Revision != revision)
        {
            known = await LoadAsync(id, cancellationToken);
            cache.Set((typeof(OfflineCourses), id), known, TimeSpan.FromHours(1));
        }

        return known;
    }

    private async Task<OfflineCourse> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().Include(row => row.Topic).Include(row => row.Lessons.OrderBy(lesson => lesson.Position)).SingleAsync(row => row.Id == id, cancellationToken);
        var questions = course.AsksQuiz
            ? await db.Questions.AsNoTracking().Where(question => question.CourseId == id && question.RetiredUtc == null).Select(question => question.Text.Length + question.Options.Length).ToListAsync(cancellationToken)
            : [];
        var lessons = course.Lessons.Select(lesson => new OfflineLesson(lesson.Id, lesson.Slug, lesson.Title, lesson.Summary, lesson.Minutes, WithOneWidth(lesson.Html), lesson.PackageSha256 is not null)).ToList();
        var bytes = PagesBytes + Parts.Sum(part => Length("themes/community/dist/" + part))
            + lessons.Sum(lesson => (long)LessonBytes + Encoding.UTF8.GetByteCount(lesson.Html))
            + await PictureBytesAsync(course.Lessons, lessons, cancellationToken)
            + PaperBytes(course, questions);
        return new(course.Id, course.Slug, course.Title, course.Summary, course.TopicCode, course.Topic.Name, course.Revision, questions.Count > 0, course.PassPercent, lessons, bytes);
    }

    private async Task<long> PictureBytesAsync(IEnumerable<Lesson> rows, List<OfflineLesson> lessons, CancellationToken cancellationToken)
    {
        var files = await media.FindAsync(rows.Select(row => row.Markdown), cancellationToken);
        var addresses = lessons.SelectMany(lesson => Picture().Matches(lesson.Html)).Select(match => match.Groups["address"].Value).Distinct(StringComparer.Ordinal);
        return addresses.Sum(address =>
        {
            var (path, width) = (address.Split('?')[0], address.Contains('=', StringComparison.Ordinal) ? address.Split('=')[1] : null);
            var file = files.GetValueOrDefault(path.Replace("/media/", "", StringComparison.Ordinal));
            return file is null ? Length(path.TrimStart('/')) : file.Copies.FirstOrDefault(copy => copy.Width.ToString(CultureInfo.InvariantCulture) == width)?.Size ?? file.Size;
        });
    }

    private static long PaperBytes(Course course, List<int> questions) =>
        questions.Count == 0 ? 0 : (long)(questions.Average() + QuestionBytes) * Math.Min(course.DrawCount, questions.Count) * Math.Min(QuizPapers.Most, course.MaxAttempts);

    private long Length(string path) => environment.WebRootFileProvider.GetFileInfo(path) is { Exists: true } file ? file.Length : 0;

    /// <summary>Where a page offers a picture in several widths, a phone keeps the smallest, which is as wide as lessons show pictures.</summary>
    private static string WithOneWidth(string html) =>
        Widths().Replace(html, match => $"<img src=\"{match.Groups["smallest"].Value}\"{match.Groups["between"].Value}");

    [GeneratedRegex("<img src=\"[^\"]*\"(?<between>[^>]*?) srcset=\"(?<smallest>[^\" ]+) [^\"]*\" sizes=\"[^\"]*\"")]
    private static partial Regex Widths();

    [GeneratedRegex("<img src=\"(?<address>[^\"]+)\"")]
    private static partial Regex Picture();
}
