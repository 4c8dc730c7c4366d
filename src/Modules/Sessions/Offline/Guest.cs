using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Offline;

/// <summary>
/// Somebody who came to a point and whose code nobody knew there. A note, not attendance: a person settles later who it was. The note stays
/// beside the mark that comes of it; nothing is merged silently.
/// </summary>
public sealed class Guest
{
    internal Guest()
    {
    }

    /// <summary>Key, made by the device: sending a note twice changes nothing.</summary>
    public Guid Id { get; internal set; }

    /// <summary>Where they came to.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>Name as it was told.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Phone number as it was told.</summary>
    public string? Phone { get; internal set; }

    /// <summary>Village as it was told.</summary>
    public string? Village { get; internal set; }

    /// <summary>When, by the device's clock as far as that was right; never later than the receipt.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>When the server got it.</summary>
    public DateTime ReceivedUtc { get; internal set; }

    /// <summary>Account that noted it.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>The device.</summary>
    public string Device { get; internal set; } = "";

    /// <summary>Who it was; null while nobody has said, and for somebody of no team.</summary>
    public Guid? PersonId { get; internal set; }

    /// <summary>Who it was.</summary>
    public Person? Person { get; internal set; }

    /// <summary>When somebody said who it was; null while it is open.</summary>
    public DateTime? SettledUtc { get; internal set; }

    /// <summary>Who said so.</summary>
    public string? SettledBy { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Guest>
    {
        public void Configure(EntityTypeBuilder<Guest> builder)
        {
            builder.ToTable("Sessions_Guest");
            builder.Property(guest => guest.Id).ValueGeneratedNever();
            builder.Property(guest => guest.Name).HasMaxLength(200);
            builder.Property(guest => guest.Phone).HasMaxLength(60);
            builder.Property(guest => guest.Village).HasMaxLength(200);
            builder.Property(guest => guest.Device).HasMaxLength(60);
            builder.Property(guest => guest.SettledBy).HasMaxLength(200);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(guest => guest.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(guest => guest.Person).WithMany().HasForeignKey(guest => guest.PersonId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(guest => guest.PointId);
            builder.HasIndex(guest => guest.PersonId);
        }
    }
}
