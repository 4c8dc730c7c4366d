using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>One line of a course's checklist: a thing that one can do and show (R24).</summary>
public sealed class Skill
{
    /// <summary>Most letters of the text.</summary>
    public const int LongestText = 300;

    internal Skill()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>Code, unique in the course: <c>T3-01</c>.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>What one can do.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>Position in the list, from 1.</summary>
    public int Position { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Skill>
    {
        public void Configure(EntityTypeBuilder<Skill> builder)
        {
            builder.ToTable("Courses_Skill");
            builder.Property(skill => skill.Code).HasMaxLength(20);
            builder.Property(skill => skill.Text).HasMaxLength(LongestText);
            builder.HasOne(skill => skill.Course).WithMany(course => course.Skills).HasForeignKey(skill => skill.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(skill => new { skill.CourseId, skill.Code }).IsUnique();
        }
    }
}
