using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>What kind of picture, by its first bytes.</summary>
public enum PhotoType
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,
}

/// <summary>A photograph kept with a point: of the sheet signed on paper, of the room.</summary>
public sealed class PointPhoto
{
    internal PointPhoto()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>Hash of the file, and its name on the disk.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>What kind of picture.</summary>
    public PhotoType Type { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>When it was added.</summary>
    public DateTime AddedUtc { get; internal set; }

    /// <summary>Who added it.</summary>
    public string AddedBy { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<PointPhoto>
    {
        public void Configure(EntityTypeBuilder<PointPhoto> builder)
        {
            builder.ToTable("Sessions_PointPhoto");
            builder.Property(photo => photo.Id).ValueGeneratedNever();
            builder.Property(photo => photo.Sha256).HasMaxLength(64);
            builder.Property(photo => photo.AddedBy).HasMaxLength(200);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(photo => photo.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(photo => new { photo.PointId, photo.Sha256 }).IsUnique();
        }
    }
}
