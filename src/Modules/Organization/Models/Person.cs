using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Organization.Models;

/// <summary>
/// One human being, in however many teams (R9, R64). Only the name is needed; phone, e-mail and birth date may be missing (R15).
/// </summary>
public sealed class Person : IVersioned
{
    internal Person()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The roster's <c>member_id</c>: how lists and the API name a person.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Full name, NFC.</summary>
    public string FullName { get; internal set; } = "";

    /// <summary><see cref="FullName"/> without accents, to search by on a phone.</summary>
    public string FullNameFolded { get; internal set; } = "";

    /// <summary>Given name first, without accents: "nga lo thi". Vietnamese lists are sorted by given name.</summary>
    public string SortName { get; internal set; } = "";

    /// <summary>"Nam", "Nữ", or null.</summary>
    public string? Gender { get; internal set; }

    /// <summary>Year of birth, if known.</summary>
    public int? BirthYear { get; internal set; }

    /// <summary>Date of birth, only when the day is known.</summary>
    public DateOnly? BirthDate { get; internal set; }

    /// <summary>Occupation or office.</summary>
    public string? Occupation { get; internal set; }

    /// <summary>E.164, such as +84500112648. Several people of a family may share one.</summary>
    public string? Phone { get; internal set; }

    /// <summary>E-mail, which few have.</summary>
    public string? Email { get; internal set; }

    /// <summary>Whether the person has a smartphone; null when nobody asked.</summary>
    public bool? HasSmartphone { get; internal set; }

    /// <summary>The person's account, once there is one.</summary>
    public Guid? UserId { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>The person's memberships, past ones too.</summary>
    public IReadOnlyCollection<Membership> Memberships { get; internal set; } = new List<Membership>();

    internal sealed class Configuration : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> builder)
        {
            builder.ToTable("Organization_Person");
            builder.Property(person => person.Code).HasMaxLength(40);
            builder.Property(person => person.FullName).HasMaxLength(100);
            builder.Property(person => person.FullNameFolded).HasMaxLength(100);
            builder.Property(person => person.SortName).HasMaxLength(100);
            builder.Property(person => person.Gender).HasMaxLength(10);
            builder.Property(person => person.Occupation).HasMaxLength(200);
            builder.Property(person => person.Phone).HasMaxLength(20);
            builder.Property(person => person.Email).HasMaxLength(256);
            builder.Property(person => person.Version).IsConcurrencyToken();
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(person => person.UserId).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(person => person.Code).IsUnique();
            builder.HasIndex(person => person.SortName);
            builder.HasIndex(person => person.Phone);
            builder.HasIndex(person => person.UserId);
        }
    }
}
