using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Lessons that were taken out of their course, and come back under their name with what people did in them.</summary>
internal static class RemovedLessons
{
    /// <summary>All lessons that the course ever had.</summary>
    public static IQueryable<Lesson> AllLessonsOf(this SiteDbContext db, Course course) => db.Lessons.IgnoreQueryFilters().Where(lesson => lesson.CourseId == course.Id);

    /// <summary>Takes lessons out. Those of a working copy, in which nobody reads, are deleted.</summary>
    public static void TakeOut(this SiteDbContext db, Course course, IReadOnlyCollection<Lesson> lessons, DateTime now)
    {
        if (course.DraftOfId is not null)
        {
            db.Lessons.RemoveRange(lessons);
            return;
        }

        foreach (var lesson in lessons)
        {
            lesson.RemovedUtc = now;
        }
    }
}
