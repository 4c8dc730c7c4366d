using Microsoft.Extensions.Caching.Memory;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A lesson of the row of dots: where it leads, and whether it is done.</summary>
/// <param name="Id">Key.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Minutes">Minutes that reading takes.</param>
/// <param name="Bytes">Size of text and pictures.</param>
/// <param name="MediaBytes">Size of what is fetched only when the reader asks for it.</param>
/// <param name="Html">The text.</param>
/// <param name="CourseTitle">Title of its course.</param>
/// <param name="TopicCode">Topic of its course.</param>
/// <param name="HasQuiz">Whether a quiz follows.</param>
/// <param name="OpenedUtc">When the reader first opened it.</param>
/// <param name="FinishedUtc">When the reader finished it.</param>
/// <param name="Anchor">The section where the reader stopped.</param>
public sealed record LessonRow(Guid Id, string Slug, string Title, int Minutes, int Bytes, long MediaBytes, string Html, string CourseTitle, string TopicCode, bool HasQuiz, DateTime? OpenedUtc, DateTime? FinishedUtc, string? Anchor)
{
    /// <summary>Share of <see cref="Minutes"/> that must pass before it counts as read; null for what the site says.</summary>
    public int? ReadPercent { get; init; }

    /// <summary>
    /// From when the reader may say that it is read, UTC; null when at once. Only who opened it here is asked to wait: whoever reads a kept page
    /// without a network, or on paper, took their time elsewhere.
    /// </summary>
    public DateTime? FinishFrom(int sitePercent) =>
        FinishedUtc is null && OpenedUtc is { } opened && (ReadPercent ?? sitePercent) is > 0 and var percent ? opened.AddMinutes(Minutes * percent / 100.0) : null;

    /// <summary>SHA-256 of the SCORM package that it plays; null for a lesson to read.</summary>
    public string? Package { get; init; }
}

/// <summary>
/// Reads a lesson and its neighbours: the page that is opened most, on the cheapest phones. The lessons of a course stay in memory
/// until its <see cref="Course.Revision"/> in the database says otherwise; the reader's progress is asked for each time, in the same query.
/// </summary>
public sealed class LessonReader(SiteDbContext db, IMemoryCache cache, LessonQuery query)
{
    /// <summary>All lessons of a published course in order, with the text of each and the reader's progress; empty when there is no such course.</summary>
    public async Task<List<LessonRow>> ReadAsync(string course, Guid? personId, CancellationToken cancellationToken)
    {
        var progress = new List<LessonQuery.Row>();
        await foreach (var row in query.Run(db, course, personId ?? Guid.Empty).WithCancellation(cancellationToken))
        {
            progress.Add(row);
        }

        if (progress.Count == 0)
        {
            return [];
        }

        var (id, revision) = (progress[0].CourseId, progress[0].Revision);
        if (!cache.TryGetValue((typeof(LessonReader), id), out Content? content) || content!.Revision != revision)
        {
            content = await LoadAsync(id, cancellationToken);
            cache.Set((typeof(LessonReader), id), content, TimeSpan.FromHours(1));
        }

        return content.Lessons.ConvertAll(lesson => progress.Find(row => row.LessonId == lesson.Id) is { } own
            ? lesson with { OpenedUtc = own.OpenedUtc, FinishedUtc = own.FinishedUtc, Anchor = own.Anchor }
            : lesson);
    }

    private async Task<Content> LoadAsync(Guid courseId, CancellationToken cancellationToken)
    {
        // Both in one statement, so that the lessons are those of the revision.
        var rows = await db.Set<Lesson>().Where(lesson => lesson.CourseId == courseId).OrderBy(lesson => lesson.Position)
            .Select(lesson => new
            {
                lesson.Course.Revision,
                Lesson = new LessonRow(lesson.Id, lesson.Slug, lesson.Title, lesson.Minutes, lesson.Bytes, lesson.MediaBytes, lesson.Html, lesson.Course.Title, lesson.Course.TopicCode, lesson.Course.QuizRequired || (lesson.Course.SkillsRequired && lesson.Course.QuizProvesSkills), null, null, null) { ReadPercent = lesson.Course.ReadPercent, Package = lesson.PackageSha256 },
            })
            .ToListAsync(cancellationToken);
        return new(rows.Count > 0 ? rows[0].Revision : 0, rows.ConvertAll(row => row.Lesson));
    }

    /// <summary>The lessons of a revision of a course.</summary>
    private sealed record Content(int Revision, List<LessonRow> Lessons);
}

/// <summary>The query that every lesson's page asks, compiled once for each site: a compiled query belongs to one database.</summary>
public sealed class LessonQuery
{
    /// <summary>Runs it: context, slug of the course, reader. At least one row for a published course, none for others.</summary>
    public Func<SiteDbContext, string, Guid, IAsyncEnumerable<Row>> Run { get; } = EF.CompileAsyncQuery(
        (SiteDbContext context, string slug, Guid person) =>
            from course in context.Set<Course>()
            where course.Slug == slug && course.State == CourseState.Published
            from progress in context.Set<LessonProgress>().Where(progress => progress.PersonId == person && progress.Lesson.CourseId == course.Id).DefaultIfEmpty()
            select new Row(
                course.Id,
                course.Revision,
                progress == null ? null : progress.LessonId,
                progress == null ? null : progress.OpenedUtc,
                progress == null ? null : progress.FinishedUtc,
                progress == null ? null : progress.Anchor));

    /// <summary>How far the reader is in one lesson, if any.</summary>
    /// <param name="CourseId">The course.</param>
    /// <param name="Revision">The course's revision.</param>
    /// <param name="LessonId">The lesson.</param>
    /// <param name="OpenedUtc">When the reader first opened it.</param>
    /// <param name="FinishedUtc">When the reader finished it.</param>
    /// <param name="Anchor">The section where the reader stopped.</param>
    public sealed record Row(Guid CourseId, int Revision, Guid? LessonId, DateTime? OpenedUtc, DateTime? FinishedUtc, string? Anchor);
}
