using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Feedback;

/// <summary>What somebody who attended a session says of it (R44). Who said it is known only so that each says it once; no page or report tells.</summary>
public sealed class SessionFeedback
{
    internal SessionFeedback()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Where they attended.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>How well they understood, 1 to 5.</summary>
    public int Understanding { get; internal set; }

    /// <summary>How good the guidance was, 1 to 5.</summary>
    public int Guidance { get; internal set; }

    /// <summary>How well the session was organized, 1 to 5.</summary>
    public int Organization { get; internal set; }

    /// <summary>In their own words.</summary>
    public string? Words { get; internal set; }

    /// <summary>When they first said it; it may be changed for some days from then.</summary>
    public DateTime GivenUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SessionFeedback>
    {
        public void Configure(EntityTypeBuilder<SessionFeedback> builder)
        {
            builder.ToTable("Sessions_Feedback");
            builder.HasKey(feedback => new { feedback.SessionId, feedback.PersonId });
            builder.Property(feedback => feedback.Words).HasMaxLength(1000);
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(feedback => feedback.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(feedback => feedback.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(feedback => feedback.PointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
