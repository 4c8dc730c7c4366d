using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;

namespace TrainingSite.Courses.External;

/// <summary>An external course as it is filled in.</summary>
public sealed class ExternalCourseForm
{
    [Required, StringLength(200), Display(Name = "tên khóa học")]
    public string Name { get; set; } = "";

    [Required, StringLength(200), Display(Name = "nơi tổ chức")]
    public string Provider { get; set; } = "";

    [Required, Display(Name = "ngày hoàn thành")]
    public DateOnly? CompletedOn { get; set; }

    [StringLength(500), Display(Name = "địa chỉ minh chứng")]
    public string? Link { get; set; }

    public IFormFile? File { get; set; }
}
