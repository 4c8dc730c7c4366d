using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>How far a person is in a lesson; on the server, so that another device goes on where this one stopped (R26).</summary>
public sealed class LessonProgress
{
    internal LessonProgress()
    {
    }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>In which lesson.</summary>
    public Guid LessonId { get; internal set; }

    /// <summary>In which lesson.</summary>
    public Lesson Lesson { get; internal set; } = null!;

    /// <summary>When it was first opened, UTC.</summary>
    public DateTime OpenedUtc { get; internal set; }

    /// <summary>When something about it last changed, UTC.</summary>
    public DateTime ActiveUtc { get; internal set; }

    /// <summary>When the person said it was done, UTC; null before.</summary>
    public DateTime? FinishedUtc { get; internal set; }

    /// <summary>The last section read, by its anchor in the text; null at the beginning.</summary>
    public string? Anchor { get; internal set; }

    /// <summary>Who wrote down that it was read on paper (R29); null when the person said so themselves.</summary>
    public string? RecordedBy { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<LessonProgress>
    {
        public void Configure(EntityTypeBuilder<LessonProgress> builder)
        {
            builder.ToTable("Courses_LessonProgress");
            builder.HasKey(progress => new { progress.PersonId, progress.LessonId });
            builder.Property(progress => progress.Anchor).HasMaxLength(100);
            builder.Property(progress => progress.RecordedBy).HasMaxLength(200);
            builder.HasOne<Person>().WithMany().HasForeignKey(progress => progress.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(progress => progress.Lesson).WithMany().HasForeignKey(progress => progress.LessonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(progress => progress.LessonId);
            // The sweep of reminders asks each minute who has been away.
            builder.HasIndex(progress => progress.ActiveUtc);
        }
    }
}
