using TrainingSite.Courses.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Courses.Search;

/// <summary>What can be found of a course and of a lesson. Published courses are for everybody.</summary>
internal static class CourseDocuments
{
    public const string CourseKind = "course";
    public const string LessonKind = "lesson";

    public static SearchDocument From(Course course) =>
        new(CourseKind, course.Id, course.Title, string.Join('\n', course.Summary, course.Audience, course.Outcomes), $"/courses/{course.Slug}")
        {
            Topic = course.TopicCode,
        };

    public static SearchDocument From(Course course, Lesson lesson) =>
        new(LessonKind, lesson.Id, lesson.Title, lesson.Summary + "\n" + lesson.Text, $"/courses/{course.Slug}/{lesson.Slug}")
        {
            Topic = course.TopicCode,
            Source = course.Title,
        };
}
