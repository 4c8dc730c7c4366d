using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Models;

/// <summary>What a person answered to an invitation.</summary>
public enum InvitationResponse
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Comes, and has a seat.</summary>
    Confirmed,

    /// <summary>Does not come and has said so beforehand.</summary>
    Declined,

    /// <summary>Wants to come and stands in the queue for a seat.</summary>
    Waiting,
}

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

    /// <summary>What was answered.</summary>
    public InvitationResponse Response { get; internal set; }

    /// <summary>Why the person does not come, in words.</summary>
    public string? ResponseReason { get; internal set; }

    /// <summary>When it was answered.</summary>
    public DateTime? RespondedUtc { get; internal set; }

    /// <summary>The account that answered: the person's own, or that of who answered for them.</summary>
    public Guid? RespondedBy { get; internal set; }

    /// <summary>Its name at that time.</summary>
    public string? RespondedByName { get; internal set; }

    /// <summary>Place in the session's queue, lower first; kept once a seat was found, so that each stay in the queue has its own number.</summary>
    public int? QueueNumber { get; internal set; }

    /// <summary>When a seat became free for a person who was waiting; null for who had one at once.</summary>
    public DateTime? PromotedUtc { get; internal set; }

    /// <summary>The point that the person was first invited to; null while they still are.</summary>
    public Guid? MovedFromId { get; internal set; }

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
            builder.Property(invitation => invitation.ResponseReason).HasMaxLength(500);
            builder.Property(invitation => invitation.RespondedByName).HasMaxLength(200);
            builder.HasOne(invitation => invitation.Session).WithMany().HasForeignKey(invitation => invitation.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(invitation => invitation.Person).WithMany().HasForeignKey(invitation => invitation.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(invitation => invitation.Point).WithMany().HasForeignKey(invitation => invitation.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<CommunityTeam>().WithMany().HasForeignKey(invitation => invitation.TeamId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(invitation => new { invitation.SessionId, invitation.QueueNumber }).HasFilter("\"Response\" = 'Waiting'");
            builder.HasIndex(invitation => invitation.PersonId);
            builder.HasIndex(invitation => invitation.PointId);
            builder.HasIndex(invitation => invitation.TeamId);
        }
    }
}
