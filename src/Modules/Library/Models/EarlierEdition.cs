using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Library.Models;

/// <summary>A file that a newer one took the place of. It is no longer read or found, but stays to be downloaded by staff.</summary>
public sealed class EarlierEdition
{
    internal EarlierEdition()
    {
    }

    /// <summary>Of which document.</summary>
    public Guid DocumentId { get; internal set; }

    /// <summary>Its number among the document's editions, from 1.</summary>
    public int Number { get; internal set; }

    /// <summary>Name that a download gets.</summary>
    public string FileName { get; internal set; } = "";

    /// <summary>What the file is.</summary>
    public FileFormat Format { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the file; also its name on the disk.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>When it came, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<EarlierEdition>
    {
        public void Configure(EntityTypeBuilder<EarlierEdition> builder)
        {
            builder.ToTable("Library_EarlierEdition");
            builder.HasKey(edition => new { edition.DocumentId, edition.Number });
            builder.Property(edition => edition.FileName).HasMaxLength(200);
            builder.Property(edition => edition.Sha256).HasMaxLength(64);
            builder.HasOne<Document>().WithMany().HasForeignKey(edition => edition.DocumentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(edition => edition.Sha256);
        }
    }
}
