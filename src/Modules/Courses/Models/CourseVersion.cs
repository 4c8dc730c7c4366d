using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>A course as it was published once: lessons and questions too, in the shape of the course files.</summary>
public sealed class CourseVersion
{
    internal CourseVersion()
    {
    }

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>From 1.</summary>
    public int Number { get; internal set; }

    /// <summary>The content as JSON, see <c>CourseContent</c>.</summary>
    public string Content { get; internal set; } = "";

    /// <summary>When it was published, UTC.</summary>
    public DateTime PublishedUtc { get; internal set; }

    /// <summary>Who published it; empty when no person did.</summary>
    public string PublishedBy { get; internal set; } = "";

    /// <summary>What changed, in the author's words.</summary>
    public string Note { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<CourseVersion>
    {
        public void Configure(EntityTypeBuilder<CourseVersion> builder)
        {
            builder.ToTable("Courses_CourseVersion");
            builder.HasKey(version => new { version.CourseId, version.Number });
            builder.Property(version => version.PublishedBy).HasMaxLength(200);
            builder.Property(version => version.Note).HasMaxLength(300);
            builder.HasOne(version => version.Course).WithMany().HasForeignKey(version => version.CourseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
