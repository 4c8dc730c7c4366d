using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;

namespace TrainingSite.Courses.Services;

/// <summary>Says what is wrong with a course that comes in files, before any of it is written.</summary>
public sealed partial class CourseContentCheck(SiteDbContext db, QuestionBank questions, QuestionPictures pictures, IStringLocalizer<Strings> T)
{
    private const int MostLessons = 200;
    private const int MostQuestions = 1000;
    private const int LongestText = 60_000;

    /// <summary>The faults, each naming its place; empty when there are none.</summary>
    /// <param name="content">The course.</param>
    /// <param name="media">Names of the media files that come with it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<List<Fault>> CheckAsync(CourseContent content, IEnumerable<string> media, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var file = content.Course;
        void Require(bool holds, string place, string message)
        {
            if (!holds)
            {
                faults.Add(new("course_file_invalid", $"{place}: {message}"));
            }
        }

        const string Course = "course.json";
        Require(IsSlug(file.Slug, WorkingCopies.LongestSlug), Course, T["slug chỉ gồm chữ thường không dấu, số và dấu gạch nối, không quá 99 chữ."]);
        Require(!ReservedNames.IsCourse(file.Slug), Course, T["slug “{0}” là địa chỉ của một trang có sẵn. Hãy đặt slug khác.", file.Slug]);
        Require(IsLine(file.Title, 200) && IsLine(file.Summary, 500), Course, T["title (tới 200 chữ) và summary (tới 500 chữ) không được trống."]);
        Require(file.Audience.Length <= 300 && file.Outcomes.Sum(line => line.Length + 1) <= 2000 && file.Outcomes.All(line => !line.Contains('\n')), Course, T["audience hoặc outcomes quá dài."]);
        Require(file.Skills.All(skill => IsLine(skill.Code, 20) && IsLine(skill.Text, Skill.LongestText)) && AreDistinct(file.Skills.Select(skill => skill.Code)), Course, T["mỗi kỹ năng cần mã riêng (tới 20 chữ) và lời (tới 300 chữ)."]);
        Require(file.Quiz is { PassPercent: >= 1 and <= 100, Draw: >= 1 and <= 50, Attempts: >= 1 and <= 100, TimeLimitMinutes: null or (>= 1 and <= 240) } && file.ReadPercent is null or (>= 0 and <= 100) && file.Completion.MinimumPercent is >= 1 and <= 100 && file.Completion.ValidMonths is null or (>= 1 and <= 120), Course, T["số ở quiz hoặc completion nằm ngoài khoảng cho phép."]);
        Require(file.Completion.Quiz || file.Completion.Attendance || file.Completion.Lessons || (file.Completion.Skills && file.Skills.Count > 0), Course, T["completion cần ít nhất một điều kiện: quiz, attendance, lessons, hoặc skills khi có kỹ năng."]);
        Require(file.Completion.ValidMonths is null || file.Completion.Quiz || file.Completion.Attendance || file.Completion.Skills, Course, T["completion chỉ có lessons thì không gia hạn được: bỏ valid_months, hoặc thêm quiz, attendance hay skills."]);
        Require(file.Quarter is null || Quarter().IsMatch(file.Quarter), Course, T["quarter viết theo dạng 2026-Q4."]);
        Require(await db.Topics.AnyAsync(topic => topic.Code == file.Topic, cancellationToken), Course, T["không có chuyên đề mã “{0}”.", file.Topic]);
        Require(file.Lessons.Count <= MostLessons && AreDistinct(file.Lessons.Select(lesson => lesson.Slug)), Course, T["quá nhiều bài, hoặc hai bài trùng slug."]);
        foreach (var lesson in file.Lessons)
        {
            Require(IsSlug(lesson.Slug, 100) && IsLine(lesson.Title, 200) && lesson.Summary.Length <= 500 && lesson.Minutes is >= 1 and <= 120, Course, T["bài “{0}” có slug, title, summary hoặc minutes không hợp lệ.", lesson.Slug]);
            Require(!ReservedNames.IsLesson(lesson.Slug), Course, T["slug “{0}” là địa chỉ của một trang có sẵn. Hãy đặt slug khác.", lesson.Slug]);
            Require(lesson.Package is null || Hash().IsMatch(lesson.Package), Course, T["bài “{0}”: package phải là mã SHA-256 của gói.", lesson.Slug]);
            Require(content.Texts.TryGetValue(lesson.Slug, out var text) && text.Length is > 0 and <= LongestText, $"lessons/{lesson.Slug}.md", T["thiếu tệp này, hoặc tệp trống, hoặc dài hơn {0} chữ.", LongestText]);
        }

        Require(content.Questions.Count <= MostQuestions && AreDistinct(content.Questions.Select(item => item.Key)), "questions.json", T["quá nhiều câu hỏi, hoặc hai câu trùng key."]);
        var shown = (await pictures.FindAsync(content.Questions.SelectMany(item => QuestionPictures.NamesOf(item.Options, item.Scene)), cancellationToken)).Keys.Concat(media.Select(name => LessonMedia.Prefix + name)).ToHashSet(StringComparer.Ordinal);
        foreach (var item in content.Questions)
        {
            CheckQuestion(item, file, shown, Require);
        }

        return faults;
    }

    private void CheckQuestion(QuestionItem item, CourseFile file, HashSet<string> shown, Action<bool, string, string> require)
    {
        var place = $"questions.json, {item.Key}";
        require(Key().IsMatch(item.Key), place, T["key chỉ gồm chữ không dấu, số và dấu gạch nối, không quá 30 chữ."]);
        require(!ReservedNames.IsQuestion(item.Key), place, T["key “{0}” là địa chỉ của một trang có sẵn. Hãy đặt key khác.", item.Key]);
        require(item.Lesson is null || file.Lessons.Any(lesson => lesson.Slug == item.Lesson), place, T["khóa học không có bài “{0}”.", item.Lesson ?? ""]);
        require(item.Text.Length <= 1000 && item.Explanation.Length <= 2000 && item.Options.All(option => option.Text.Length is > 0 and <= 500 && option.Why is null or { Length: <= 500 } && option.Pair is null or { Length: <= 500 }), place, T["câu hỏi, lựa chọn hoặc lời giải thích quá dài hoặc trống."]);
        require(item.HasKnownType(), place, T["type phải là single, multiple, true_false, order, match, short_answer, picture hoặc scenario."]);
        foreach (var missing in QuestionPictures.NamesOf(item.Options, item.Scene).Where(name => !shown.Contains(name)))
        {
            require(false, place, T["không có hình “{0}”.", missing]);
        }

        if (item.HasKnownType() && questions.Check(item.ToDraft(null)) is [var fault, ..])
        {
            require(false, place, fault.Message);
        }
    }

    private static bool IsLine(string text, int most) => text.Length > 0 && text.Length <= most && !text.Contains('\n', StringComparison.Ordinal);

    private static bool IsSlug(string text, int most) => text.Length <= most && Slug().IsMatch(text);

    private static bool AreDistinct(IEnumerable<string> texts) => texts.GroupBy(text => text, StringComparer.Ordinal).All(group => group.Count() == 1);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Slug();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();

    [GeneratedRegex("^[A-Za-z0-9-]{1,30}$")]
    private static partial Regex Key();

    [GeneratedRegex("^20[0-9]{2}-Q[1-4]$")]
    private static partial Regex Quarter();
}
