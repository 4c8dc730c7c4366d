using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Organization.Models;

/// <summary>Whether a team exists by decision (R4).</summary>
public enum TeamState
{
    /// <summary>No founding decision yet: counts nowhere.</summary>
    Draft,

    /// <summary>Founded by decision of the chairman of the commune.</summary>
    Active,
}

/// <summary>A community digital-technology team (Tổ công nghệ số cộng đồng): one for each commune, one for each village (R5).</summary>
public sealed class CommunityTeam : IVersioned
{
    internal CommunityTeam()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Code in lists: <c>T-03646</c>.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>The unit it belongs to: a commune or a village.</summary>
    public Guid UnitId { get; internal set; }

    /// <summary>The unit it belongs to.</summary>
    public AdministrativeUnit Unit { get; internal set; } = null!;

    /// <summary>Official name; the words before the unit's name are a setting (R3).</summary>
    public string Name { get; internal set; } = "";

    /// <summary><see cref="Name"/> without accents.</summary>
    public string NameFolded { get; internal set; } = "";

    /// <summary>Draft without a founding decision.</summary>
    public TeamState State { get; internal set; }

    /// <summary>Number of the founding decision, such as 15/QĐ-UBND.</summary>
    public string? DecisionNumber { get; internal set; }

    /// <summary>Who signed it.</summary>
    public string? DecisionSigner { get; internal set; }

    /// <summary>Date of the founding decision, first day of the team.</summary>
    public DateOnly ValidFrom { get; internal set; }

    /// <summary>First day on which the team is no more; null while it works.</summary>
    public DateOnly? ValidTo { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>Its memberships, past ones too.</summary>
    public IReadOnlyCollection<Membership> Memberships { get; internal set; } = new List<Membership>();

    internal sealed class Configuration : IEntityTypeConfiguration<CommunityTeam>
    {
        public void Configure(EntityTypeBuilder<CommunityTeam> builder)
        {
            builder.ToTable("Organization_Team");
            builder.Property(team => team.Code).HasMaxLength(60);
            builder.Property(team => team.Name).HasMaxLength(300);
            builder.Property(team => team.NameFolded).HasMaxLength(300);
            builder.Property(team => team.DecisionNumber).HasMaxLength(60);
            builder.Property(team => team.DecisionSigner).HasMaxLength(200);
            builder.Property(team => team.Version).IsConcurrencyToken();
            builder.HasOne(team => team.Unit).WithMany().HasForeignKey(team => team.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(team => team.Code).IsUnique();
            builder.HasIndex(team => team.UnitId);
        }
    }
}
