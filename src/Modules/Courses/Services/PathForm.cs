using System.ComponentModel.DataAnnotations;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A learning path as its author fills it in.</summary>
public sealed class PathForm
{
    /// <summary>Version that the author began from.</summary>
    public int Version { get; set; }

    [Required, StringLength(200), Display(Name = "tên lộ trình")]
    public string Title { get; set; } = "";

    [Required, StringLength(500), Display(Name = "giới thiệu ngắn")]
    public string Summary { get; set; } = "";

    public List<TeamRoles> Roles { get; set; } = [];

    public List<TeamLevels> Levels { get; set; } = [];

    /// <summary>Slugs of courses in order; empty places are left out.</summary>
    public List<string?> Courses { get; set; } = [];

    [Range(1, 200), Display(Name = "thứ tự")]
    public int Order { get; set; } = 1;

    public bool IsPublished { get; set; }
}
