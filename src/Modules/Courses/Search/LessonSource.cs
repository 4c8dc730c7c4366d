using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Courses.Search;

/// <summary>Lessons of published courses, for building the index anew.</summary>
internal sealed class LessonSource(SiteDbContext db, IStringLocalizer<Strings> T) : ISearchSource
{
    public string Kind => CourseDocuments.LessonKind;

    public string Title => T["Bài học"];

    public async IAsyncEnumerable<SearchDocument> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lesson in db.Lessons.AsNoTracking().Include(lesson => lesson.Course).Where(lesson => lesson.Course.State == CourseState.Published).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return CourseDocuments.From(lesson.Course, lesson);
        }
    }
}
