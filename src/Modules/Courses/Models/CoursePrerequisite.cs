using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>That a course is to be completed before the quiz of another. Lessons stay open to everybody, and what was trained in a session counts.</summary>
public sealed class CoursePrerequisite
{
    internal CoursePrerequisite()
    {
    }

    /// <summary>The course whose quiz waits.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>The course to complete before.</summary>
    public Guid RequiredId { get; internal set; }

    /// <summary>The course to complete before.</summary>
    public Course Required { get; internal set; } = null!;

    internal sealed class Configuration : IEntityTypeConfiguration<CoursePrerequisite>
    {
        public void Configure(EntityTypeBuilder<CoursePrerequisite> builder)
        {
            builder.ToTable("Courses_CoursePrerequisite");
            builder.HasKey(row => new { row.CourseId, row.RequiredId });
            builder.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(row => row.Required).WithMany().HasForeignKey(row => row.RequiredId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(row => row.RequiredId);
        }
    }
}
