using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Organization.Models;

/// <summary>Role in a team (domain §3).</summary>
public enum TeamRole
{
    /// <summary>Tổ trưởng.</summary>
    Leader,

    /// <summary>Tổ phó.</summary>
    Deputy,

    /// <summary>Thành viên.</summary>
    Member,

    /// <summary>Cộng tác viên: trains with the team but does not count as a member (R13).</summary>
    Collaborator,
}

/// <summary>That a person belongs to a team in a role during a period. A transfer ends one and begins another, so the past stays as it was.</summary>
public sealed class Membership
{
    internal Membership()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Who.</summary>
    public Person Person { get; internal set; } = null!;

    /// <summary>In which team.</summary>
    public Guid TeamId { get; internal set; }

    /// <summary>In which team.</summary>
    public CommunityTeam Team { get; internal set; } = null!;

    /// <summary>As what.</summary>
    public TeamRole Role { get; internal set; }

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; internal set; }

    /// <summary>First day on which it is no more; null while it lasts.</summary>
    public DateOnly? ValidTo { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> builder)
        {
            builder.ToTable("Organization_Membership");
            builder.HasOne(membership => membership.Person).WithMany(person => person.Memberships).HasForeignKey(membership => membership.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(membership => membership.Team).WithMany(team => team.Memberships).HasForeignKey(membership => membership.TeamId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(membership => new { membership.PersonId, membership.TeamId, membership.ValidFrom }).IsUnique();
            builder.HasIndex(membership => membership.TeamId);
        }
    }
}
