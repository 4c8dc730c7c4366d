using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Accounts.Models;

/// <summary>
/// A person's short way in on one phone that several people share: a secret that only that phone has, and a PIN that only the person knows. Neither opens anything
/// without the other, and neither can be read here.
/// </summary>
public sealed class DevicePin
{
    /// <summary>Wrong PINs in a row, after which only a full sign-in opens it again.</summary>
    public const int MaxFailures = 5;

    internal DevicePin()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The account that it opens.</summary>
    public Guid UserId { get; internal set; }

    /// <summary>The phone, in words its owner knows it by.</summary>
    public string Device { get; internal set; } = "";

    /// <summary>SHA-256 of the phone's secret in hexadecimal; enough for 256 random bits.</summary>
    public string TokenHash { get; internal set; } = "";

    /// <summary>The PIN, hashed as slowly as a password.</summary>
    public string PinHash { get; internal set; } = "";

    /// <summary>The account's stamp when it was made: a new password or a new code ends it.</summary>
    public string Stamp { get; internal set; } = "";

    /// <summary>Wrong PINs since the last right one or the last full sign-in.</summary>
    public int Failures { get; internal set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>When it last opened the account; null when never.</summary>
    public DateTime? LastUsedUtc { get; internal set; }

    /// <summary>When its owner took it back; null while it works.</summary>
    public DateTime? RevokedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DevicePin>
    {
        public void Configure(EntityTypeBuilder<DevicePin> builder)
        {
            builder.ToTable("Accounts_DevicePin");
            builder.Property(pin => pin.Device).HasMaxLength(100);
            builder.Property(pin => pin.TokenHash).HasMaxLength(64);
            builder.Property(pin => pin.PinHash).HasMaxLength(200);
            builder.Property(pin => pin.Stamp).HasMaxLength(100);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(pin => pin.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(pin => pin.UserId);
        }
    }
}
