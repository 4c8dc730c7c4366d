using System.ComponentModel.DataAnnotations;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A course as its author fills it in.</summary>
public sealed class CourseForm
{
    /// <summary>Version that the author began from.</summary>
    public int Version { get; set; }

    [Required, StringLength(200), Display(Name = "tên khóa học")]
    public string Title { get; set; } = "";

    /// <summary>Name in addresses; made from the title when empty. It stays once the course is there.</summary>
    [StringLength(WorkingCopies.LongestSlug), RegularExpression("[a-z0-9]+(-[a-z0-9]+)*", ErrorMessage = "Địa chỉ chỉ gồm chữ thường không dấu, số và dấu gạch nối."), Display(Name = "địa chỉ")]
    public string? Slug { get; set; }

    [Required, Display(Name = "chuyên đề")]
    public string TopicCode { get; set; } = "";

    [Required, StringLength(500), Display(Name = "giới thiệu ngắn")]
    public string Summary { get; set; } = "";

    [StringLength(300), Display(Name = "dành cho ai")]
    public string? Audience { get; set; }

    [StringLength(2000), Display(Name = "học xong làm được gì")]
    public string? Outcomes { get; set; }

    [StringLength(4000), Display(Name = "kỹ năng cần thành thạo")]
    public string? Skills { get; set; }

    public bool QuizRequired { get; set; }

    public bool AttendanceRequired { get; set; }

    public bool SkillsRequired { get; set; }

    public bool QuizProvesSkills { get; set; }

    public bool LessonsRequired { get; set; }

    [Range(1, 100), Display(Name = "phần trăm thời gian dự")]
    public int MinimumAttendancePercent { get; set; } = 80;

    public CompletionMode CompletionMode { get; set; }

    [Range(1, 120), Display(Name = "số tháng có giá trị")]
    public int? ValidMonths { get; set; }

    /// <summary>Slugs of the courses to complete before the quiz.</summary>
    public List<string> Requires { get; set; } = [];

    [Range(1, 100), Display(Name = "phần trăm để đạt")]
    public int PassPercent { get; set; } = 80;

    [Range(1, 50), Display(Name = "số câu mỗi lần")]
    public int DrawCount { get; set; } = 10;

    [Range(1, 100), Display(Name = "số lần làm bài")]
    public int MaxAttempts { get; set; } = 5;

    public ExplainMode Explain { get; set; }

    [Range(1, 240), Display(Name = "số phút làm bài")]
    public int? TimeLimitMinutes { get; set; }

    /// <summary>Empty for what the site says.</summary>
    [Range(0, 100), Display(Name = "phần trăm thời gian đọc")]
    public int? ReadPercent { get; set; }

    [StringLength(40), Display(Name = "mã đơn vị")]
    public string? AreaCode { get; set; }

    /// <summary>Whether a second person looks at it before it is published.</summary>
    public bool ReviewRequired { get; set; }

    [RegularExpression("20[0-9]{2}-Q[1-4]", ErrorMessage = "Viết quý theo dạng 2026-Q4."), Display(Name = "quý")]
    public string? Quarter { get; set; }
}

/// <summary>A lesson as its author fills it in.</summary>
public sealed class LessonForm
{
    /// <summary>Version that the author began from.</summary>
    public int Version { get; set; }

    [Required, StringLength(200), Display(Name = "tên bài")]
    public string Title { get; set; } = "";

    [StringLength(100), RegularExpression("[a-z0-9]+(-[a-z0-9]+)*", ErrorMessage = "Địa chỉ chỉ gồm chữ thường không dấu, số và dấu gạch nối."), Display(Name = "địa chỉ")]
    public string? Slug { get; set; }

    [StringLength(500), Display(Name = "tóm tắt")]
    public string? Summary { get; set; }

    [Range(1, 120), Display(Name = "số phút")]
    public int Minutes { get; set; } = 5;

    [Range(1, 200), Display(Name = "thứ tự")]
    public int Position { get; set; } = 1;

    [Required, StringLength(60000), Display(Name = "nội dung bài")]
    public string Markdown { get; set; } = "";
}
