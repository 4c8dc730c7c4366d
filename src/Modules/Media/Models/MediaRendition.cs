using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Media.Models;

/// <summary>A smaller copy of a picture, as WebP, for screens that need no more.</summary>
public sealed class MediaRendition
{
    internal MediaRendition()
    {
    }

    /// <summary>Of which picture.</summary>
    public Guid FileId { get; internal set; }

    /// <summary>Of which picture.</summary>
    public MediaFile File { get; internal set; } = null!;

    /// <summary>Width in pixels: one of those that pages use.</summary>
    public int Width { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MediaRendition>
    {
        public void Configure(EntityTypeBuilder<MediaRendition> builder)
        {
            builder.ToTable("Media_Rendition");
            builder.HasKey(rendition => new { rendition.FileId, rendition.Width });
            builder.HasOne(rendition => rendition.File).WithMany(file => file.Renditions).HasForeignKey(rendition => rendition.FileId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
