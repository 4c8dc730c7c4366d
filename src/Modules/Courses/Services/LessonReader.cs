using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A lesson of the row of dots: where it leads, and whether it is done.</summary>
/// <param name="Id">Key.</param>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Minutes">Minutes that reading takes.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Html">The text; null for all but the one that was asked for.</param>
/// <param name="CourseTitle">Title of its course.</param>
/// <param name="TopicCode">Topic of its course.</param>
/// <param name="HasQuiz">Whether a quiz follows.</param>
/// <param name="OpenedUtc">When the reader first opened it.</param>
/// <param name="FinishedUtc">When the reader finished it.</param>
/// <param name="Anchor">The section where the reader stopped.</param>
public sealed record LessonRow(Guid Id, string Slug, string Title, int Minutes, int Bytes, string? Html, string CourseTitle, string TopicCode, bool HasQuiz, DateTime? OpenedUtc, DateTime? FinishedUtc, string? Anchor);

/// <summary>One query for all that a lesson's page shows, compiled once for each site: a compiled query belongs to one database.</summary>
public sealed class LessonQuery
{
    /// <summary>Runs it: context, course, lesson and reader.</summary>
    public Func<SiteDbContext, string, string, Guid, IAsyncEnumerable<LessonRow>> Run { get; } = EF.CompileAsyncQuery(
        (SiteDbContext context, string course, string lesson, Guid person) =>
            from row in context.Set<Lesson>()
            where row.Course.Slug == course && row.Course.State == CourseState.Published
            join own in context.Set<LessonProgress>().Where(progress => progress.PersonId == person) on row.Id equals own.LessonId into progresses
            from progress in progresses.DefaultIfEmpty()
            orderby row.Position
            select new LessonRow(
                row.Id,
                row.Slug,
                row.Title,
                row.Minutes,
                row.Bytes,
                row.Slug == lesson ? row.Html : null,
                row.Course.Title,
                row.Course.TopicCode,
                row.Course.QuizRequired,
                progress == null ? null : progress.OpenedUtc,
                progress == null ? null : progress.FinishedUtc,
                progress == null ? null : progress.Anchor));
}

/// <summary>Reads a lesson and its neighbours: the page that is opened most, on the cheapest phones.</summary>
public sealed class LessonReader(SiteDbContext db, LessonQuery query)
{
    /// <summary>All lessons of a published course in order, with the text of the one asked for and the reader's progress.</summary>
    public async Task<List<LessonRow>> ReadAsync(string course, string lesson, Guid? personId, CancellationToken cancellationToken)
    {
        var rows = new List<LessonRow>();
        await foreach (var row in query.Run(db, course, lesson, personId ?? Guid.Empty).WithCancellation(cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}
