using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Recipes;

/// <summary><c>{ "name": "courses", "folder": "courses" }</c>: courses with lessons, skills and questions; again and again the same by slug and key.</summary>
internal sealed class CoursesStep(SiteDbContext db, CourseContents contents, CourseContentCheck check, EventPublisher events, TimeProvider clock) : IRecipeStepHandler
{
    public string Name => "courses";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var lessons = 0;
        var count = 0;
        foreach (var folder in CourseFiles.FindFolders(context))
        {
            lessons += await ImportAsync(folder, cancellationToken);
            count++;
        }

        context.Report($"Khóa học: {count}, bài học: {lessons}.");
    }

    private async Task<int> ImportAsync(string folder, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(folder, cancellationToken);
        if (await check.CheckAsync(content, [], cancellationToken) is [var fault, ..])
        {
            throw new InvalidOperationException($"{folder}: {fault.Message}");
        }

        var course = await db.Courses.SingleOrDefaultAsync(row => row.Slug == content.Course.Slug, cancellationToken);
        if (course is null)
        {
            course = new() { Slug = content.Course.Slug };
            db.Courses.Add(course);
        }

        // Whom a course is for, and when, is chosen on the site; files that do not say it leave it as it is.
        var file = content.Course with { Area = content.Course.Area ?? course.AreaPath, Quarter = content.Course.Quarter ?? course.Quarter };
        var written = await contents.WriteAsync(course, content with { Course = file }, cancellationToken);
        course.State = content.Course.State;
        if (db.ChangeTracker.HasChanges())
        {
            course.UpdatedUtc = clock.UtcNow();
            course.Revision++;
            await events.PublishAsync(new CourseChanged(course, written.Lessons, written.Removed), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        return written.Lessons.Count;
    }

    private static async Task<CourseContent> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var file = await CourseFiles.ReadAsync<CourseFile>(Path.Combine(folder, "course.json"), cancellationToken);
        var texts = new Dictionary<string, string>();
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "lessons"), "*.md"))
        {
            texts[Path.GetFileNameWithoutExtension(path)] = await File.ReadAllTextAsync(path, cancellationToken);
        }

        return new(file, texts, await CourseFiles.ReadAsync<List<QuestionItem>>(Path.Combine(folder, "questions.json"), cancellationToken));
    }
}
