namespace TrainingSite.Courses.Services;

/// <summary>Addresses that pages of the module itself have: what a course, lesson or question of that name says could never be opened.</summary>
internal static class ReservedNames
{
    private static readonly string[] Courses = ["edit", "import", "new", "paths", "quiz", "sync"];
    private static readonly string[] Lessons = ["new", "preview", "quiz", "skills"];
    private static readonly string[] Questions = ["new"];

    public static bool IsCourse(string slug) => Courses.Contains(slug, StringComparer.OrdinalIgnoreCase);

    public static bool IsLesson(string slug) => Lessons.Contains(slug, StringComparer.OrdinalIgnoreCase);

    public static bool IsQuestion(string key) => Questions.Contains(key, StringComparer.OrdinalIgnoreCase);
}
