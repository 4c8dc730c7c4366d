using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Accounts.Models;

/// <summary>A right: a role over the subtree of a unit (R93). It ends, rather than vanishes, so that history stays readable (R94).</summary>
public sealed class Grant
{
    internal Grant()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The account that holds it.</summary>
    public Guid UserId { get; internal set; }

    /// <summary>A name from <see cref="Roles"/>.</summary>
    public string Role { get; internal set; } = "";

    /// <summary>Path of the unit whose subtree it reaches; <c>""</c> is the whole tree.</summary>
    public string UnitPath { get; internal set; } = "";

    /// <summary>The unit's name as of the day the right was given, for people.</summary>
    public string UnitName { get; internal set; } = "";

    /// <summary>First day.</summary>
    public DateOnly ValidFrom { get; internal set; }

    /// <summary>First day on which it no longer holds; null while it does.</summary>
    public DateOnly? ValidTo { get; internal set; }

    /// <summary>When it was given, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Grant>
    {
        public void Configure(EntityTypeBuilder<Grant> builder)
        {
            builder.ToTable("Accounts_Grant");
            builder.Property(grant => grant.Role).HasMaxLength(30);
            builder.Property(grant => grant.UnitPath).HasMaxLength(200);
            builder.Property(grant => grant.UnitName).HasMaxLength(500);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(grant => grant.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(grant => new { grant.UserId, grant.Role, grant.UnitPath, grant.ValidFrom }).IsUnique();
            builder.HasIndex(grant => grant.UnitPath);
        }
    }
}
