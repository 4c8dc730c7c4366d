using System.Text.Json;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What happened to a piece of text.</summary>
public enum DiffKind
{
    /// <summary>Nothing.</summary>
    Same,

    /// <summary>It came.</summary>
    Added,

    /// <summary>It went.</summary>
    Removed,
}

/// <summary>A piece of a line.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="Text">Its words.</param>
public sealed record DiffPiece(DiffKind Kind, string Text);

/// <summary>A part of a course that changed.</summary>
/// <param name="Title">Which.</param>
/// <param name="Lines">Its lines, each in pieces; null stands for lines that stayed and are left out.</param>
public sealed record DiffPart(string Title, IReadOnlyList<IReadOnlyList<DiffPiece>?> Lines);

/// <summary>Compares two contents of a course, word by word.</summary>
internal static class CourseDiff
{
    private const int Context = 2;

    /// <summary>The parts that differ.</summary>
    /// <param name="before">The earlier content.</param>
    /// <param name="after">The later one.</param>
    /// <param name="course">What to call the course's own texts.</param>
    /// <param name="questions">What to call its questions.</param>
    public static List<DiffPart> Compare(CourseContent before, CourseContent after, string course, string questions)
    {
        var parts = new List<DiffPart>();
        Add(course, About(before), About(after));
        foreach (var slug in before.Course.Lessons.Concat(after.Course.Lessons).Select(lesson => lesson.Slug).Distinct())
        {
            var title = after.Course.Lessons.Concat(before.Course.Lessons).First(lesson => lesson.Slug == slug).Title;
            Add(title, before.Texts.GetValueOrDefault(slug, ""), after.Texts.GetValueOrDefault(slug, ""));
        }

        Add(questions, Asked(before), Asked(after));
        return parts;

        void Add(string title, string old, string @new)
        {
            if (old != @new)
            {
                parts.Add(new(title, Lines(old, @new)));
            }
        }
    }

    /// <summary>The lines of two texts woven together; of those that stayed only the neighbours of changes.</summary>
    public static List<IReadOnlyList<DiffPiece>?> Lines(string before, string after)
    {
        var model = SideBySideDiffBuilder.Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false);
        var lines = new List<(bool Changed, List<DiffPiece> Pieces)>();
        foreach (var (old, @new) in model.OldText.Lines.Zip(model.NewText.Lines))
        {
            if (old.Type == ChangeType.Unchanged)
            {
                lines.Add((false, [new(DiffKind.Same, old.Text)]));
                continue;
            }

            lines.Add((true, [.. old.SubPieces.Count > 0 && @new.SubPieces.Count > 0 ? Weave(old, @new) : Whole(old, @new)]));
        }

        var shown = new List<IReadOnlyList<DiffPiece>?>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines.Skip(index - Context).Take((2 * Context) + 1 + Math.Min(0, index - Context)).Any(line => line.Changed))
            {
                shown.Add(lines[index].Pieces);
            }
            else if (shown.Count == 0 || shown[^1] is not null)
            {
                shown.Add(null);
            }
        }

        return shown;
    }

    private static IEnumerable<DiffPiece> Whole(DiffPlex.DiffBuilder.Model.DiffPiece old, DiffPlex.DiffBuilder.Model.DiffPiece @new)
    {
        if (old.Text is { } gone)
        {
            yield return new(DiffKind.Removed, gone);
        }

        if (@new.Text is { } come)
        {
            yield return new(DiffKind.Added, come);
        }
    }

    private static IEnumerable<DiffPiece> Weave(DiffPlex.DiffBuilder.Model.DiffPiece old, DiffPlex.DiffBuilder.Model.DiffPiece @new)
    {
        foreach (var (gone, come) in old.SubPieces.Zip(@new.SubPieces))
        {
            if (gone.Type == ChangeType.Unchanged)
            {
                yield return new(DiffKind.Same, gone.Text);
                continue;
            }

            foreach (var piece in Whole(gone, come))
            {
                yield return piece;
            }
        }
    }

    private static string About(CourseContent content) => string.Join('\n', [
        content.Course.Title, content.Course.Summary, content.Course.Audience, .. content.Course.Outcomes, .. content.Course.Skills.Select(skill => skill.Text),
        .. content.Course.Lessons.Select((lesson, index) => $"{index + 1}. {lesson.Title}: {lesson.Summary} ({lesson.Minutes})"),
        JsonSerializer.Serialize(content.Course.Quiz, CourseJson.Options), JsonSerializer.Serialize(content.Course.Completion, CourseJson.Options), $"{content.Course.Area} {content.Course.Quarter} {string.Join(' ', content.Course.Requires ?? [])}"]);

    private static string Asked(CourseContent content) => string.Join('\n', content.Questions.SelectMany(question => (IEnumerable<string>)[
        $"{question.Key}: {question.Text}", .. question.Options.Select(option => $"{(option.Correct ? "✓" : "–")} {option.Text} {option.Why}".TrimEnd()), question.Explanation]));
}
