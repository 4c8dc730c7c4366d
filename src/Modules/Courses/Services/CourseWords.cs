using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Media.Services;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Services;

/// <summary>Says what the module's rows mean, in the reader's language.</summary>
public sealed class CourseWords(IStringLocalizer<Strings> T, Words words)
{
    /// <summary>"14 kB", "8,1 MB": rounded up, because people pay for it.</summary>
    public static string Size(long bytes) => MediaFormats.Size(bytes);

    /// <summary>The facts of a completion: "Đạt bài kiểm tra (90%) ngày 22/11/2026; dự buổi TH-2026-11 (95%) ngày 20/11/2026".</summary>
    public string Basis(Completion completion) => string.Join("; ", completion.ReadBasis().Select(Fact));

    /// <summary>How far somebody is, as the bar beside it shows it.</summary>
    public string Progress(CourseStanding course) => course.HasQuiz
        ? T["Đã xong {0} trong {1} phần ({2} bài và bài kiểm tra)", course.StepsDone, course.Steps, course.Lessons]
        : T["Đã xong {0} trong {1} bài", course.Finished, course.Lessons];

    /// <summary>What completes a course, in one sentence.</summary>
    public string Rule(Course course) => course.SkillsRequired || course.LessonsRequired ? RuleInParts(course) : (course.QuizRequired, course.AttendanceRequired, course.CompletionMode) switch
    {
        (true, true, CompletionMode.Any) => T["Hoàn thành khi đạt bài kiểm tra từ {0}%, hoặc dự ít nhất {1}% một buổi tập huấn cùng chuyên đề.", course.PassPercent, course.MinimumAttendancePercent],
        (true, true, CompletionMode.All) => T["Hoàn thành khi đạt bài kiểm tra từ {0}% và dự ít nhất {1}% một buổi tập huấn cùng chuyên đề.", course.PassPercent, course.MinimumAttendancePercent],
        (true, false, _) => T["Hoàn thành khi đạt bài kiểm tra từ {0}%.", course.PassPercent],
        (false, true, _) => T["Hoàn thành khi dự ít nhất {0}% một buổi tập huấn cùng chuyên đề.", course.MinimumAttendancePercent],
        (false, false, _) => "",
    };

    private string RuleInParts(Course course)
    {
        List<string> conditions = [];
        if (course.QuizRequired)
        {
            conditions.Add(T["đạt bài kiểm tra từ {0}%", course.PassPercent]);
        }

        if (course.AttendanceRequired)
        {
            conditions.Add(T["dự ít nhất {0}% một buổi tập huấn cùng chuyên đề", course.MinimumAttendancePercent]);
        }

        if (course.SkillsRequired)
        {
            conditions.Add(course.QuizProvesSkills ? T["đủ các kỹ năng, do Tổ trưởng xác nhận hoặc qua bài kiểm tra"] : T["đủ các kỹ năng, do Tổ trưởng xác nhận"]);
        }

        if (course.LessonsRequired)
        {
            conditions.Add(T["học xong tất cả các bài"]);
        }

        return (conditions.Count, course.CompletionMode) switch
        {
            (1, _) => T["Hoàn thành khi {0}.", conditions[0]],
            (_, CompletionMode.Any) => T["Hoàn thành khi có một trong các điều sau: {0}.", string.Join("; ", conditions)],
            (_, CompletionMode.All) => T["Hoàn thành khi có đủ các điều sau: {0}.", string.Join("; ", conditions)],
        };
    }

    /// <summary>Who sees a course.</summary>
    public string State(CourseState state) => state switch
    {
        CourseState.Draft => T["Bản nháp"],
        CourseState.Published => T["Đang đăng"],
        CourseState.Archived => T["Đã cất"],
    };

    /// <summary>How a question is answered.</summary>
    public string Of(QuestionType type) => type switch
    {
        QuestionType.OneAnswer => T["Chọn một câu đúng"],
        QuestionType.SeveralAnswers => T["Chọn mọi câu đúng"],
        QuestionType.TrueFalse => T["Đúng hay sai"],
        QuestionType.Order => T["Xếp các bước theo thứ tự"],
        QuestionType.Match => T["Ghép đôi"],
        QuestionType.ShortAnswer => T["Viết câu trả lời ngắn"],
        QuestionType.PictureChoice => T["Chọn một hình"],
        QuestionType.Scenario => T["Tình huống: tin nhắn trên điện thoại"],
    };

    /// <summary>Whom a path is for: "Thành viên, Cộng tác viên · Tổ cấp thôn, bản".</summary>
    public string Of(PathAudience audience) => $"{words.Of(audience.Roles)} · {words.Of(audience.Levels)}";

    private string Fact(CompletionFact fact) => fact.Kind switch
    {
        CompletionFactKind.Quiz => T["Đạt bài kiểm tra ({0}%) ngày {1}", fact.Percent, fact.AtUtc.ToDateText()],
        CompletionFactKind.Session => T["Dự buổi tập huấn ngày {0} ({1}% thời gian)", fact.AtUtc.ToDateText(), fact.Percent],
        CompletionFactKind.Skills => T["Đủ kỹ năng của khóa học ngày {0}", fact.AtUtc.ToDateText()],
        CompletionFactKind.Lessons => T["Học xong các bài ngày {0}", fact.AtUtc.ToDateText()],
    };
}
