using System.Globalization;
using DiffPlex;
using DiffPlex.Chunkers;
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

/// <summary>A line of one of the texts, or of both.</summary>
/// <param name="Kind">What happened to it; where a line changed, the earlier one went and the later one came.</param>
/// <param name="Pieces">Its words; those that make it another line are marked.</param>
public sealed record DiffLine(DiffKind Kind, IReadOnlyList<DiffPiece> Pieces);

/// <summary>A part of a course that changed.</summary>
/// <param name="Title">Which.</param>
/// <param name="Lines">Its lines; null stands for lines that stayed and are left out.</param>
public sealed record DiffPart(string Title, IReadOnlyList<DiffLine?> Lines);

/// <summary>Compares two contents of a course, line by line and within lines that are alike word by word.</summary>
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

    /// <summary>The lines of two texts, those that changed one after the other; of those that stayed only the neighbours of changes.</summary>
    public static List<DiffLine?> Lines(string before, string after)
    {
        var lines = All(before, after).ToList();
        var shown = new List<DiffLine?>();
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines.Skip(index - Context).Take((2 * Context) + 1 + Math.Min(0, index - Context)).Any(line => line.Kind != DiffKind.Same))
            {
                shown.Add(lines[index]);
            }
            else if (shown.Count == 0 || shown[^1] is not null)
            {
                shown.Add(null);
            }
        }

        return shown;
    }

    private static IEnumerable<DiffLine> All(string before, string after)
    {
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance);
        string[] old = [.. diff.PiecesOld], @new = [.. diff.PiecesNew];
        var next = 0;
        foreach (var block in diff.DiffBlocks)
        {
            foreach (var line in @new[next..block.InsertStartB])
            {
                yield return new(DiffKind.Same, [new(DiffKind.Same, line)]);
            }

            next = block.InsertStartB + block.InsertCountB;
            foreach (var line in LinePairs.Of(old[block.DeleteStartA..(block.DeleteStartA + block.DeleteCountA)], @new[block.InsertStartB..next]).SelectMany(pair => Changed(pair.Gone, pair.Come)))
            {
                yield return line;
            }
        }

        foreach (var line in @new[next..])
        {
            yield return new(DiffKind.Same, [new(DiffKind.Same, line)]);
        }
    }

    private static IEnumerable<DiffLine> Changed(string? gone, string? come)
    {
        if (gone is not null && come is not null)
        {
            var words = Differ.Instance.CreateDiffs(gone, come, ignoreWhiteSpace: false, ignoreCase: false, WordChunker.Instance);
            yield return new(DiffKind.Removed, Mark(words.PiecesOld, DiffKind.Removed, [.. words.DiffBlocks.Select(block => (block.DeleteStartA, block.DeleteCountA))]));
            yield return new(DiffKind.Added, Mark(words.PiecesNew, DiffKind.Added, [.. words.DiffBlocks.Select(block => (block.InsertStartB, block.InsertCountB))]));
        }
        else if (gone is not null)
        {
            yield return new(DiffKind.Removed, Whole(gone, DiffKind.Removed));
        }
        else if (come is not null)
        {
            yield return new(DiffKind.Added, Whole(come, DiffKind.Added));
        }
    }

    private static DiffPiece[] Whole(string line, DiffKind kind) => line.Length == 0 ? [] : [new(kind, line)];

    /// <summary>The words of a line in pieces. A blank between two marked words is marked with them, so that both can be read.</summary>
    private static List<DiffPiece> Mark(IReadOnlyList<string> words, DiffKind kind, List<(int Start, int Count)> marked)
    {
        var isMarked = new bool[words.Count];
        foreach (var (start, count) in marked)
        {
            isMarked.AsSpan(start, count).Fill(true);
        }

        var pieces = new List<DiffPiece>();
        for (var at = 0; at < words.Count; at++)
        {
            var isBetween = at > 0 && at + 1 < words.Count && isMarked[at - 1] && isMarked[at + 1] && string.IsNullOrWhiteSpace(words[at]);
            var piece = new DiffPiece(isMarked[at] || isBetween ? kind : DiffKind.Same, words[at]);
            if (pieces.Count > 0 && pieces[^1].Kind == piece.Kind)
            {
                pieces[^1] = piece with { Text = pieces[^1].Text + piece.Text };
            }
            else
            {
                pieces.Add(piece);
            }
        }

        return pieces;
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
