using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Courses.Search;

/// <summary>Published courses, for building the index anew.</summary>
internal sealed class CourseSource(SiteDbContext db, IStringLocalizer<Strings> T) : ISearchSource
{
    public string Kind => CourseDocuments.CourseKind;

    public string Title => T["Khóa học"];

    public async IAsyncEnumerable<SearchDocument> GetAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var course in db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return CourseDocuments.From(course);
        }
    }
}
