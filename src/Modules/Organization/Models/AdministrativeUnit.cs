using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Organization.Models;

/// <summary>Level of an administrative unit (R1). From 1 July 2025 there is no district.</summary>
public enum UnitLevel
{
    /// <summary>Tỉnh, thành phố trực thuộc trung ương.</summary>
    Province,

    /// <summary>Huyện, quận, thị xã, thành phố; until 30 June 2025.</summary>
    District,

    /// <summary>Xã, phường, thị trấn.</summary>
    Commune,

    /// <summary>Thôn, bản, tiểu khu, tổ dân phố.</summary>
    Village,
}

/// <summary>
/// An administrative unit as it was during a period. A code may live on with another name or extent, so a unit is identified
/// by code and date, never by code alone.
/// </summary>
public sealed class AdministrativeUnit
{
    internal AdministrativeUnit()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>National statistics code; villages have one of our own.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>The unit above; null for the province.</summary>
    public Guid? ParentId { get; internal set; }

    /// <summary>The unit above.</summary>
    public AdministrativeUnit? Parent { get; internal set; }

    /// <summary>Its level.</summary>
    public UnitLevel Level { get; internal set; }

    /// <summary>Official name with its kind: "Xã Chiềng Ân".</summary>
    public string Name { get; internal set; } = "";

    /// <summary><see cref="Name"/> without accents, to search and sort by.</summary>
    public string NameFolded { get; internal set; } = "";

    /// <summary>Codes from the province down, each followed by a slash: <c>14/116/03646/</c>. Rights reach by this prefix.</summary>
    public string Path { get; internal set; } = "";

    /// <summary>Names from the district down for people, "Phường Chiềng Lề, Thành phố Sơn La": tells units of one name apart (R55).</summary>
    public string FullName { get; internal set; } = "";

    /// <summary>First day of the period.</summary>
    public DateOnly ValidFrom { get; internal set; }

    /// <summary>First day after the period; null while it lasts.</summary>
    public DateOnly? ValidTo { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AdministrativeUnit>
    {
        public void Configure(EntityTypeBuilder<AdministrativeUnit> builder)
        {
            builder.ToTable("Organization_Unit");
            builder.Property(unit => unit.Code).HasMaxLength(40);
            builder.Property(unit => unit.Name).HasMaxLength(200);
            builder.Property(unit => unit.NameFolded).HasMaxLength(200);
            builder.Property(unit => unit.FullName).HasMaxLength(500);
            builder.Property(unit => unit.Path).HasMaxLength(200);
            builder.HasOne(unit => unit.Parent).WithMany().HasForeignKey(unit => unit.ParentId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(unit => new { unit.Code, unit.ValidFrom }).IsUnique();
            builder.HasIndex(unit => unit.Path);
        }
    }
}
