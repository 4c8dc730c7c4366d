using System.Text.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

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
            return JsonSerializer.Deserialize<T>(VietnameseText.Normalize(text), CourseJson.Options)!;
        }
        catch (JsonException broken)
        {
            throw new InvalidOperationException($"{path}: {broken.Message}", broken);
        }
    }
}

/// <summary><c>course.json</c>.</summary>
public sealed record CourseFile(string Slug, string Topic, string Title, string Summary, string Audience, IReadOnlyList<string> Outcomes, IReadOnlyList<LessonItem> Lessons, IReadOnlyList<SkillItem> Skills, QuizItem Quiz)
{
    /// <summary>What completes it.</summary>
    public CompletionItem Completion { get; init; } = new();

    /// <summary>State that a recipe gives it.</summary>
    public CourseState State { get; init; } = CourseState.Published;

    /// <summary>Share of a lesson's minutes that must pass before it counts as read; null for what the site says.</summary>
    public int? ReadPercent { get; init; }

    /// <summary>Path of the unit whose people it is meant for.</summary>
    public string? Area { get; init; }

    /// <summary>Slugs of the courses to complete before its quiz; null for none.</summary>
    public IReadOnlyList<string>? Requires { get; init; }

    /// <summary>The quarter whose theme it carries.</summary>
    public string? Quarter { get; init; }
}

/// <summary>A lesson of <c>course.json</c>.</summary>
public sealed record LessonItem(string Slug, string Title, string Summary, int Minutes)
{
    /// <summary>SHA-256 of the SCORM package that the lesson plays; null for a lesson to read.</summary>
    public string? Package { get; init; }
}

/// <summary>A skill of <c>course.json</c>.</summary>
public sealed record SkillItem(string Code, string Text);

/// <summary>The quiz of <c>course.json</c>.</summary>
public sealed record QuizItem(int PassPercent, int Draw, int Attempts, ExplainMode Explain, int? TimeLimitMinutes = null);

/// <summary>What completes the course; by default a passed quiz or a session attended.</summary>
public sealed record CompletionItem(bool Quiz = true, bool Attendance = true, int MinimumPercent = 80, CompletionMode Mode = CompletionMode.Any, bool Skills = false, bool QuizProvesSkills = false, int? ValidMonths = null, bool Lessons = false);

/// <summary>One element of <c>questions.json</c>.</summary>
public sealed record QuestionItem(string Key, string Type, string Text, IReadOnlyList<QuestionOption> Options, string Explanation)
{
    /// <summary>Slug of the lesson that answers it.</summary>
    public string? Lesson { get; init; }

    /// <summary>The message of a scenario.</summary>
    public QuestionScene? Scene { get; init; }

    /// <summary>How files call a type.</summary>
    public static string NameOf(QuestionType type) => type switch
    {
        QuestionType.OneAnswer => "single",
        QuestionType.SeveralAnswers => "multiple",
        QuestionType.TrueFalse => "true_false",
        QuestionType.Order => "order",
        QuestionType.Match => "match",
        QuestionType.ShortAnswer => "short_answer",
        QuestionType.PictureChoice => "picture",
        QuestionType.Scenario => "scenario",
    };

    /// <summary>Whether the type is one of those that there are.</summary>
    public bool HasKnownType() => Enum.GetValues<QuestionType>().Any(type => NameOf(type) == Type);

    /// <summary>The question as the bank takes it; the type has been checked.</summary>
    public QuestionDraft ToDraft(Guid? lessonId) =>
        new(Key, lessonId, Enum.GetValues<QuestionType>().Single(type => NameOf(type) == Type), Text, Options, Explanation) { Scene = Scene };
}
