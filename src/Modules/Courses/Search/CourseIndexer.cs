using TrainingSite.Courses.Models;
using TrainingSite.Search.Services;

namespace TrainingSite.Courses.Search;

/// <summary>Keeps the index with the courses, in the transaction of each change.</summary>
internal sealed class CourseIndexer(SearchIndex index) : IEventHandler<CourseChanged>
{
    public async Task HandleAsync(CourseChanged fact, CancellationToken cancellationToken)
    {
        foreach (var removed in fact.RemovedLessons)
        {
            await index.RemoveAsync(CourseDocuments.LessonKind, removed, cancellationToken);
        }

        if (fact.Course.State == CourseState.Published)
        {
            await index.PutAsync([CourseDocuments.From(fact.Course), .. fact.Lessons.Select(lesson => CourseDocuments.From(fact.Course, lesson))], cancellationToken);
            return;
        }

        await index.RemoveAsync(CourseDocuments.CourseKind, fact.Course.Id, cancellationToken);
        foreach (var lesson in fact.Lessons)
        {
            await index.RemoveAsync(CourseDocuments.LessonKind, lesson.Id, cancellationToken);
        }
    }
}
