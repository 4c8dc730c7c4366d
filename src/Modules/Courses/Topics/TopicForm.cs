using System.ComponentModel.DataAnnotations;

namespace TrainingSite.Courses.Topics;

/// <summary>A change of a topic as staff fill it in.</summary>
public sealed class TopicForm
{
    /// <summary>Which editions were on the page, see <see cref="TopicEditor.Seen"/>.</summary>
    public string? Seen { get; set; }

    [Required, Display(Name = "ngày có hiệu lực")]
    public DateOnly? ValidFrom { get; set; }

    public DateOnly? OfferedUntil { get; set; }

    [Required, StringLength(100), Display(Name = "tên chuyên đề")]
    public string Name { get; set; } = "";

    [StringLength(300), Display(Name = "dành cho ai")]
    public string? Audience { get; set; }

    [Range(1, 200), Display(Name = "thứ tự")]
    public int Order { get; set; } = 1;

    [StringLength(40)]
    public string? UnitCode { get; set; }
}
