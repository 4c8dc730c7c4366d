using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Media.Models;

/// <summary>How a page shows it.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Picture,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>A film.</summary>
    Video,

    /// <summary>The words of a film or of sound, with their times.</summary>
    Captions,

    /// <summary>A file to save.</summary>
    Attachment,
}

/// <summary>What the file is, found by looking into it and never by its name.</summary>
public enum MediaFormat
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP.</summary>
    WebP,

    /// <summary>GIF.</summary>
    Gif,

    /// <summary>MP3.</summary>
    Mp3,

    /// <summary>AAC or ALAC in an MPEG-4 container.</summary>
    M4a,

    /// <summary>Vorbis or Opus.</summary>
    Ogg,

    /// <summary>MPEG-4.</summary>
    Mp4,

    /// <summary>WebM.</summary>
    WebM,

    /// <summary>WebVTT captions.</summary>
    Vtt,

    /// <summary>PDF.</summary>
    Pdf,
}

/// <summary>A file that pages show: facts here, bytes in the site's folder <c>media</c> under their hash. They never change; another file is another row.</summary>
public sealed class MediaFile : IVersioned
{
    internal MediaFile()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>In which folder.</summary>
    public Guid FolderId { get; internal set; }

    /// <summary>In which folder.</summary>
    public MediaFolder Folder { get; internal set; } = null!;

    /// <summary>Its name in addresses and in Markdown, unique: <c>cho-phien-3f2a9c1b04.webp</c>.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>What it shows, in one line; the words for whoever does not see it.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>How a page shows it.</summary>
    public MediaKind Kind { get; internal set; }

    /// <summary>What the file is.</summary>
    public MediaFormat Format { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the file in hexadecimal; also its name on the disk. The same file is never stored twice.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Width of a picture; 0 for others.</summary>
    public int Width { get; internal set; }

    /// <summary>Height of a picture; 0 for others.</summary>
    public int Height { get; internal set; }

    /// <summary>Captions of a film or of sound.</summary>
    public Guid? CaptionsId { get; internal set; }

    /// <summary>Captions of a film or of sound.</summary>
    public MediaFile? Captions { get; internal set; }

    /// <summary>Smaller copies of a picture.</summary>
    public IReadOnlyCollection<MediaRendition> Renditions { get; internal set; } = new List<MediaRendition>();

    /// <summary>When it was added, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>Who added it; null for recipes.</summary>
    public Guid? CreatedById { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MediaFile>
    {
        public void Configure(EntityTypeBuilder<MediaFile> builder)
        {
            builder.ToTable("Media_File");
            builder.Property(file => file.Name).HasMaxLength(120);
            builder.Property(file => file.Description).HasMaxLength(300);
            builder.Property(file => file.Sha256).HasMaxLength(64);
            builder.Property(file => file.Version).IsConcurrencyToken();
            builder.HasOne(file => file.Folder).WithMany(folder => folder.Files).HasForeignKey(file => file.FolderId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(file => file.Captions).WithMany().HasForeignKey(file => file.CaptionsId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(file => file.CreatedById).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(file => file.Name).IsUnique();
            builder.HasIndex(file => file.Sha256).IsUnique();
            builder.HasIndex(file => file.FolderId);
            builder.HasIndex(file => file.CaptionsId);
            builder.HasIndex(file => file.CreatedById);
        }
    }
}
