using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Models;

/// <summary>
/// That a person is invited to a session, with team and unit as of the day of publishing: a later transfer changes nothing here (R39).
/// Whoever came without being invited has a row too, marked as such.
/// </summary>
public sealed class Invitation
{
    internal Invitation()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The session.</summary>
    public TrainingSession Session { get; internal set; } = null!;

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Who.</summary>
    public Person Person { get; internal set; } = null!;

    /// <summary>The point to come to.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>The point to come to.</summary>
    public SessionPoint Point { get; internal set; } = null!;

    /// <summary>The team of that day.</summary>
    public Guid TeamId { get; internal set; }

    /// <summary>Its code.</summary>
    public string TeamCode { get; internal set; } = "";

    /// <summary>Its name of that day.</summary>
    public string TeamName { get; internal set; } = "";

    /// <summary>Path of the team's unit: who may see the person here.</summary>
    public string UnitPath { get; internal set; } = "";

    /// <summary>Code of the commune; null for teams above communes.</summary>
    public string? CommuneCode { get; internal set; }

    /// <summary>Role in the team.</summary>
    public TeamRole Role { get; internal set; }

    /// <summary>Whether the person came without being invited.</summary>
    public bool IsWalkIn { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> builder)
        {
            builder.ToTable("Sessions_Invitation");
            builder.HasKey(invitation => new { invitation.SessionId, invitation.PersonId });
            builder.Property(invitation => invitation.TeamCode).HasMaxLength(60);
            builder.Property(invitation => invitation.TeamName).HasMaxLength(300);
            builder.Property(invitation => invitation.UnitPath).HasMaxLength(200);
            builder.Property(invitation => invitation.CommuneCode).HasMaxLength(40);
            builder.HasOne(invitation => invitation.Session).WithMany().HasForeignKey(invitation => invitation.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(invitation => invitation.Person).WithMany().HasForeignKey(invitation => invitation.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(invitation => invitation.Point).WithMany().HasForeignKey(invitation => invitation.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<CommunityTeam>().WithMany().HasForeignKey(invitation => invitation.TeamId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(invitation => invitation.PersonId);
            builder.HasIndex(invitation => invitation.PointId);
            builder.HasIndex(invitation => invitation.TeamId);
        }
    }
}
