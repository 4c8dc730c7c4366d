using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Conflicts.Models;

/// <summary>That a person has looked at an event which asked for it (<see cref="AttendanceFlag.AfterClosing"/>) and let it stand.</summary>
public sealed class ReviewedEvent
{
    internal ReviewedEvent()
    {
    }

    /// <summary>The event.</summary>
    public Guid EventId { get; internal set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>Account; null for the system.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>Its name at that time.</summary>
    public string UserName { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<ReviewedEvent>
    {
        public void Configure(EntityTypeBuilder<ReviewedEvent> builder)
        {
            builder.ToTable("Sessions_ReviewedEvent");
            builder.HasKey(review => review.EventId);
            builder.Property(review => review.EventId).ValueGeneratedNever();
            builder.Property(review => review.UserName).HasMaxLength(200);
            builder.HasOne<AttendanceEvent>().WithOne().HasForeignKey<ReviewedEvent>(review => review.EventId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
