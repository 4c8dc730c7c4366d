using System.ComponentModel.DataAnnotations;

namespace TrainingSite.Courses.Apps;

/// <summary>An app as staff fill it in.</summary>
public sealed class AppForm
{
    /// <summary>Version that was on the page.</summary>
    public int Version { get; set; }

    [Required, StringLength(100), Display(Name = "tên ứng dụng")]
    public string Name { get; set; } = "";

    [Required, StringLength(500), Display(Name = "dùng để làm gì")]
    public string Purpose { get; set; } = "";

    [Required, StringLength(200), Display(Name = "đơn vị chủ quản")]
    public string Publisher { get; set; } = "";

    [StringLength(500), Display(Name = "trang web")]
    public string? WebUrl { get; set; }

    [StringLength(500), Display(Name = "địa chỉ trên Google Play")]
    public string? AndroidUrl { get; set; }

    [StringLength(500), Display(Name = "địa chỉ trên App Store")]
    public string? AppleUrl { get; set; }

    [Required, Display(Name = "chuyên đề")]
    public string TopicCode { get; set; } = "";

    /// <summary>The unit that it is for; empty for the whole province.</summary>
    [StringLength(40)]
    public string? UnitCode { get; set; }

    public Guid? CourseId { get; set; }

    public Guid? LessonId { get; set; }

    public Guid? DocumentId { get; set; }

    /// <summary>Whether the writer has looked at everything today.</summary>
    public bool Reviewed { get; set; }

    public DateOnly? NextReviewOn { get; set; }

    internal static AppForm Of(RecommendedApp app) => new()
    {
        Version = app.Version,
        Name = app.Name,
        Purpose = app.Purpose,
        Publisher = app.Publisher,
        WebUrl = app.WebUrl,
        AndroidUrl = app.AndroidUrl,
        AppleUrl = app.AppleUrl,
        TopicCode = app.TopicCode,
        UnitCode = UnitPath.CodeOf(app.UnitPath),
        CourseId = app.CourseId,
        LessonId = app.LessonId,
        DocumentId = app.DocumentId,
        NextReviewOn = app.NextReviewOn,
    };
}
