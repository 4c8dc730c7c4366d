using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>A document as the index knows it: what a hit shows, and who may see it.</summary>
public sealed class IndexedDocument
{
    internal IndexedDocument()
    {
    }

    /// <summary>Key inside the index.</summary>
    public int Id { get; internal set; }

    /// <summary>Kind of its source.</summary>
    public string Kind { get; internal set; } = "";

    /// <summary>Key of the thing in its module.</summary>
    public Guid SourceId { get; internal set; }

    /// <summary>What a hit is headed with.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Where a hit leads.</summary>
    public string Url { get; internal set; } = "";

    /// <summary>Topic code, or null.</summary>
    public string? Topic { get; internal set; }

    /// <summary>Who may find it.</summary>
    public SearchVisibility Visibility { get; internal set; }

    /// <summary>Path of the unit that it belongs to; null for the whole.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Where it comes from, for people.</summary>
    public string Source { get; internal set; } = "";

    /// <summary>When it was last put into the index.</summary>
    public DateTime UpdatedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IndexedDocument>
    {
        public void Configure(EntityTypeBuilder<IndexedDocument> builder)
        {
            builder.ToTable("Search_Document");
            builder.Property(document => document.Kind).HasMaxLength(40);
            builder.Property(document => document.Title).HasMaxLength(500);
            builder.Property(document => document.Url).HasMaxLength(500);
            builder.Property(document => document.Topic).HasMaxLength(40);
            builder.Property(document => document.UnitPath).HasMaxLength(200);
            builder.Property(document => document.Source).HasMaxLength(500);
            builder.HasIndex(document => new { document.Kind, document.SourceId }).IsUnique();
        }
    }
}
