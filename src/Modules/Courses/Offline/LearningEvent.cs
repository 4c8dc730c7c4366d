using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Offline;

/// <summary>What a person did in a course while their phone kept it.</summary>
public enum LearningKind
{
    /// <summary>Opened a lesson.</summary>
    Open,

    /// <summary>Said that a lesson is done.</summary>
    Finish,

    /// <summary>Came to a section of a lesson.</summary>
    Position,

    /// <summary>Answered a quiz.</summary>
    Quiz,
}

/// <summary>Something that a device told and the server took: one row for each id that a device made, so that telling it again changes nothing.</summary>
public sealed class LearningEvent
{
    internal LearningEvent()
    {
    }

    /// <summary>Key, made by the device.</summary>
    public Guid Id { get; internal set; }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>In which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>What.</summary>
    public LearningKind Kind { get; internal set; }

    /// <summary>When, by the device's clock put right, UTC.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>When the server got it, UTC.</summary>
    public DateTime ReceivedUtc { get; internal set; }

    /// <summary>The device's own name.</summary>
    public string Device { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<LearningEvent>
    {
        public void Configure(EntityTypeBuilder<LearningEvent> builder)
        {
            builder.ToTable("Courses_LearningEvent");
            builder.Property(row => row.Id).ValueGeneratedNever();
            builder.Property(row => row.Device).HasMaxLength(60);
            builder.HasOne<Person>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Course>().WithMany().HasForeignKey(row => row.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(row => row.PersonId);
            builder.HasIndex(row => row.CourseId);
        }
    }
}
