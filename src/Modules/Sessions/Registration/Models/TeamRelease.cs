using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Models;

/// <summary>Seats of a session that a team will not use and gave back: whoever waits may have them.</summary>
public sealed class TeamRelease
{
    internal TeamRelease()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The team.</summary>
    public Guid TeamId { get; internal set; }

    /// <summary>How many.</summary>
    public int Seats { get; internal set; }

    /// <summary>When it last gave some back.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>The name of who did.</summary>
    public string UserName { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<TeamRelease>
    {
        public void Configure(EntityTypeBuilder<TeamRelease> builder)
        {
            builder.ToTable("Sessions_TeamRelease");
            builder.HasKey(release => new { release.SessionId, release.TeamId });
            builder.Property(release => release.UserName).HasMaxLength(200);
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(release => release.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<CommunityTeam>().WithMany().HasForeignKey(release => release.TeamId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(release => release.TeamId);
        }
    }
}
