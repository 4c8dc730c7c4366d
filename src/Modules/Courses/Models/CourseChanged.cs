namespace TrainingSite.Courses.Models;

/// <summary>A course or some of its lessons changed, in content or in state. Published before the change is saved.</summary>
/// <param name="Course">The course as it will be.</param>
/// <param name="Lessons">Its lessons that changed.</param>
/// <param name="RemovedLessons">Keys of those that are no more.</param>
public sealed record CourseChanged(Course Course, IReadOnlyCollection<Lesson> Lessons, IReadOnlyCollection<Guid> RemovedLessons);
