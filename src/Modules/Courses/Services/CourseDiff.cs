using System.Globalization;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;

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
public sealed class CourseDiff(CourseWords words, IStringLocalizer<Strings> T)
{
    private const int Context = 2;

    /// <summary>The parts that differ.</summary>
    /// <param name="before">The earlier content.</param>
    /// <param name="after">The later one.</param>
    public List<DiffPart> Compare(CourseContent before, CourseContent after)
    {
        var parts = new List<DiffPart>();
        Add(T["Thông tin khóa học"], About(before.Course), About(after.Course));
        foreach (var slug in before.Course.Lessons.Concat(after.Course.Lessons).Select(lesson => lesson.Slug).Distinct())
        {
            var title = after.Course.Lessons.Concat(before.Course.Lessons).First(lesson => lesson.Slug == slug).Title;
            Add(title, before.Texts.GetValueOrDefault(slug, ""), after.Texts.GetValueOrDefault(slug, ""));
        }

        Add(T["Câu hỏi kiểm tra"], Asked(before), Asked(after));
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

            lines.Add((true, [.. old.SubPieces.Count > 0 && @new.SubPieces.Count > 0 ? Weave(old, @new) : Whole(old.Text, @new.Text)]));
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

    private static IEnumerable<DiffPiece> Whole(string? gone, string? come)
    {
        if (!string.IsNullOrEmpty(gone))
        {
            yield return new(DiffKind.Removed, gone);
        }

        if (!string.IsNullOrEmpty(come))
        {
            yield return new(DiffKind.Added, come);
        }
    }

    /// <summary>Words that follow each other go and come together, so that both can be read.</summary>
    private static IEnumerable<DiffPiece> Weave(DiffPlex.DiffBuilder.Model.DiffPiece old, DiffPlex.DiffBuilder.Model.DiffPiece @new)
    {
        var (gone, come) = ("", "");
        foreach (var (before, after) in old.SubPieces.Zip(@new.SubPieces))
        {
            if (before.Type != ChangeType.Unchanged || (string.IsNullOrWhiteSpace(before.Text) && gone.Length + come.Length > 0))
            {
                (gone, come) = (gone + before.Text, come + after.Text);
                continue;
            }

            foreach (var piece in Whole(gone, come))
            {
                yield return piece;
            }

            (gone, come) = ("", "");
            yield return new(DiffKind.Same, before.Text);
        }

        foreach (var piece in Whole(gone, come))
        {
            yield return piece;
        }
    }

    private string About(CourseFile file)
    {
        var course = new Course();
        CourseContents.Fill(course, file);
        List<string> lines = [
            Line(T["Tên khóa học"], file.Title), Line(T["Chuyên đề"], file.Topic), Line(T["Giới thiệu ngắn"], file.Summary), Line(T["Dành cho ai"], file.Audience),
            .. file.Outcomes.Select(outcome => Line(T["Học xong làm được gì"], outcome)), .. file.Skills.Select(skill => Line(T["Kỹ năng cần thành thạo"], skill.Text)),
            .. file.Lessons.Select((lesson, index) => T["Bài {0}: {1} ({2} phút). {3}", index + 1, lesson.Title, lesson.Minutes, lesson.Summary].Value.TrimEnd() + (lesson.Package is { } package ? $" SCORM {package[..8]}" : "")),
            words.Rule(course), T["Mỗi lần {0} câu, đạt từ {1}%, được làm {2} lần.", file.Quiz.Draw, file.Quiz.PassPercent, file.Quiz.Attempts],
            Line(T["Làm trong bao nhiêu phút"], file.Quiz.TimeLimitMinutes?.ToString(CultureInfo.InvariantCulture)), Line(T["Đọc ít nhất bao nhiêu phần trăm thời gian của bài"], file.ReadPercent?.ToString(CultureInfo.InvariantCulture)),
            file.Quiz.Explain == ExplainMode.AfterEach ? T["Giải thích ngay sau mỗi câu"] : T["Giải thích ở cuối bài"],
            Line(T["Kết quả có giá trị bao nhiêu tháng"], file.Completion.ValidMonths?.ToString(CultureInfo.InvariantCulture)), Line(T["Cần hoàn thành khóa nào trước bài kiểm tra"], string.Join(", ", file.Requires ?? [])),
            Line(T["Dành cho đơn vị"], UnitPath.CodeOf(file.Area)), Line(T["Chủ đề của quý"], file.Quarter)];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private string Asked(CourseContent content) => string.Join('\n', content.Questions.SelectMany(question => (IEnumerable<string>)[
        $"{question.Key}: {question.Text}", Kind(question, content.Course.Lessons.FirstOrDefault(lesson => lesson.Slug == question.Lesson)?.Title),
        .. Shown(question.Scene), .. question.Options.Select(Line), question.Explanation]));

    private string Kind(QuestionItem question, string? lesson)
    {
        var kind = words.Of(question.ToDraft(lessonId: null).Type);
        return lesson is null ? kind : T["{0}; đọc ở bài “{1}”", kind, lesson];
    }

    private static string Line(string label, string? text) => string.IsNullOrEmpty(text) ? "" : $"{label}: {text}";

    private static IEnumerable<string> Shown(QuestionScene? scene) => scene is null ? [] :
        [$"{scene.Sender}:", .. scene.Text.Split('\n'), .. scene.Picture is null ? (IEnumerable<string>)[] : [$"{scene.Picture} {scene.PictureText}"], .. (scene.Signs ?? []).Select(sign => $"! {sign}")];

    private static string Line(QuestionOption option) =>
        string.Join(' ', new[] { option.Correct ? "✓" : "–", option.Text, option.Pair is null ? null : "→ " + option.Pair, option.Picture, option.Why }.OfType<string>());
}
