using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>What a leader writes of a member in a course: one form, so that saving one part of the page takes nothing from the others.</summary>
public sealed class MemberLearningForm
{
    /// <summary>Skills that are ticked.</summary>
    public List<Guid> Skills { get; set; } = [];

    /// <summary>Skills that were confirmed when the page was made.</summary>
    public List<Guid> ShownSkills { get; set; } = [];

    /// <summary>Lessons that are ticked.</summary>
    public List<Guid> Lessons { get; set; } = [];

    /// <summary>Lessons that had been written down from paper when the page was made.</summary>
    public List<Guid> ShownLessons { get; set; } = [];

    /// <summary>Results on paper, at the end a new one.</summary>
    public List<PaperQuizForm> Results { get; set; } = [];

    /// <summary>The form as a member's page first shows it.</summary>
    internal static MemberLearningForm Of(MemberCourseDetail detail, Course course, DateOnly today)
    {
        List<Guid> skills = [.. detail.Skills.Where(skill => skill.ConfirmedUtc is not null).Select(skill => skill.Id)];
        List<Guid> lessons = [.. detail.Lessons.Where(lesson => lesson.IsOnPaper).Select(lesson => lesson.Id)];
        return new()
        {
            Skills = skills,
            ShownSkills = skills,
            Lessons = lessons,
            ShownLessons = lessons,
            Results = course.QuizRequired ? [.. detail.Attempts.Where(attempt => attempt.RecordedBy is not null).Select(PaperQuizForm.Of), PaperQuizForm.New(today, course.DrawCount)] : [],
        };
    }
}

/// <summary>A result on paper as it is typed.</summary>
public sealed class PaperQuizForm
{
    /// <summary>The attempt that is corrected; null for a new result.</summary>
    public Guid? Id { get; set; }

    /// <summary>What the fields said when the page was made.</summary>
    public string? Shown { get; set; }

    /// <summary>Whether the result is taken back.</summary>
    public bool IsRemoved { get; set; }

    [Display(Name = "ngày làm bài")]
    public DateOnly? Day { get; set; }

    [Display(Name = "số câu đúng")]
    public int? Correct { get; set; }

    [Display(Name = "số câu của bài")]
    public int? Total { get; set; }

    /// <summary>Whether something else was typed than the page showed. What nobody touched is not written again, so that it keeps the name of whoever wrote it.</summary>
    internal bool IsTyped => Shown != Words;

    private string Words => string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd} {Correct}/{Total}");

    internal static PaperQuizForm Of(QuizAttempt attempt) =>
        AsShown(new() { Id = attempt.Id, Day = DateOnly.FromDateTime(VietnamTime.ToLocal(attempt.FinishedUtc!.Value)), Correct = attempt.Correct, Total = attempt.Total });

    internal static PaperQuizForm New(DateOnly today, int total) => AsShown(new() { Day = today, Total = total });

    private static PaperQuizForm AsShown(PaperQuizForm form)
    {
        form.Shown = form.Words;
        return form;
    }
}
