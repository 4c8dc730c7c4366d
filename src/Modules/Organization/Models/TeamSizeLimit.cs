using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Organization.Models;

/// <summary>How many members a team should have, from a date on and within a part of the tree (R6). A breach is flagged; nobody is dropped.</summary>
public sealed class TeamSizeLimit
{
    internal TeamSizeLimit()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Path of the unit whose subtree it holds for; the longest match counts.</summary>
    public string ScopePath { get; internal set; } = "";

    /// <summary>Fewest members.</summary>
    public int Minimum { get; internal set; }

    /// <summary>Most members.</summary>
    public int Maximum { get; internal set; }

    /// <summary>First day on which it holds.</summary>
    public DateOnly ValidFrom { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<TeamSizeLimit>
    {
        public void Configure(EntityTypeBuilder<TeamSizeLimit> builder)
        {
            builder.ToTable("Organization_TeamSizeLimit");
            builder.Property(limit => limit.ScopePath).HasMaxLength(200);
            builder.HasIndex(limit => new { limit.ScopePath, limit.ValidFrom }).IsUnique();
        }
    }
}
