using System.Text.Json;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Recipes;

/// <summary>Reads course files: a folder per course with <c>course.json</c>, <c>lessons/*.md</c> and <c>questions.json</c>.</summary>
internal static class CourseFiles
{
    /// <summary>Where the module's own seed files are: beside the binaries, see <c>Directory.Build.targets</c>.</summary>
    public static string ModulePath(string name) => Path.Combine(AppContext.BaseDirectory, "Recipes", "Courses", name);

    /// <summary>The folders of the courses that a recipe names: beside the recipe, else the module's own.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> FindFolders(RecipeContext context)
    {
        var name = context.Step.TryGetProperty("folder", out var folder) ? folder.GetString()! : "courses";
        var path = new[] { Path.Combine(context.Recipe.Folder, name), ModulePath(name) }.FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException($"Recipe '{context.Recipe.Name}' names the courses in '{name}', which is neither beside it nor in the module Courses.");
        return Directory.EnumerateDirectories(path).Where(course => File.Exists(Path.Combine(course, "course.json"))).Order(StringComparer.Ordinal);
    }

    public static async Task<T> ReadAsync<T>(string path, CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(path, cancellationToken);
            return JsonSerializer.Deserialize<T>(text.Normalize(), CourseJson.Options)!;
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"{path}: {broken.Message}", broken);
        }
    }
}

/// <summary><c>course.json</c>.</summary>
internal sealed record CourseFile(string Slug, string Topic, string Title, string Summary, string Audience, IReadOnlyList<string> Outcomes, IReadOnlyList<LessonItem> Lessons, IReadOnlyList<SkillItem> Skills, QuizItem Quiz)
{
    public CompletionItem Completion { get; init; } = new();

    public CourseState State { get; init; } = CourseState.Published;
}

internal sealed record LessonItem(string Slug, string Title, string Summary, int Minutes);

internal sealed record SkillItem(string Code, string Text);

internal sealed record QuizItem(int PassPercent, int Draw, int Attempts, ExplainMode Explain);

/// <summary>What completes the course; by default a passed quiz or a session attended.</summary>
internal sealed record CompletionItem(bool Quiz = true, bool Attendance = true, int MinimumPercent = 80, CompletionMode Mode = CompletionMode.Any);

/// <summary>One element of <c>questions.json</c>.</summary>
internal sealed record QuestionItem(string Key, string Type, string Text, IReadOnlyList<QuestionOption> Options, string Explanation)
{
    public string? Lesson { get; init; }
}
