using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Conflicts.Models;

/// <summary>Where an appeal is.</summary>
public enum AppealState
{
    /// <summary>Nobody has answered yet.</summary>
    Open,

    /// <summary>The attendance was corrected.</summary>
    Accepted,

    /// <summary>The attendance stands.</summary>
    Refused,
}

/// <summary>A member's words against what a closed session says of them (khiếu nại), and the answer. One open at a time.</summary>
public sealed class Appeal
{
    internal Appeal()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who appeals.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Number of this appeal of the person in the session, from 1.</summary>
    public int Number { get; internal set; }

    /// <summary>What they say.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>When.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>Where it is.</summary>
    public AppealState State { get; internal set; }

    /// <summary>The answer; null while it is open.</summary>
    public string? Answer { get; internal set; }

    /// <summary>When it was answered.</summary>
    public DateTime? DecidedUtc { get; internal set; }

    /// <summary>Account that answered.</summary>
    public Guid? DecidedById { get; internal set; }

    /// <summary>Its name at that time.</summary>
    public string? DecidedBy { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Appeal>
    {
        public void Configure(EntityTypeBuilder<Appeal> builder)
        {
            builder.ToTable("Sessions_Appeal");
            builder.Property(appeal => appeal.Text).HasMaxLength(1000);
            builder.Property(appeal => appeal.Answer).HasMaxLength(1000);
            builder.Property(appeal => appeal.DecidedBy).HasMaxLength(200);
            builder.HasOne<Invitation>().WithMany().HasForeignKey(appeal => new { appeal.SessionId, appeal.PersonId }).OnDelete(DeleteBehavior.Cascade)
                .HasConstraintName("FK_Sessions_Appeal_Sessions_Invitation");
            // One open appeal a person, also when the button is pressed twice at once: an answered one has a number of its own.
            builder.HasIndex(appeal => new { appeal.SessionId, appeal.PersonId, appeal.Number }).IsUnique();
            builder.HasIndex(appeal => appeal.DecidedUtc);
        }
    }
}
