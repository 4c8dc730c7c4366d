using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>A passage of a document, analysed. Which features it holds is known to the database's own full-text index alone.</summary>
public sealed class IndexedPassage
{
    internal IndexedPassage()
    {
    }

    /// <summary>Key; grows with each change, so that what is new can be counted.</summary>
    public int Id { get; internal set; }

    /// <summary>Key of its document.</summary>
    public int DocumentId { get; internal set; }

    /// <summary>Its place in the document, from 0.</summary>
    public int Ordinal { get; internal set; }

    /// <summary>Page of the document that it stands on, from 1; null when there are no pages.</summary>
    public int? Page { get; internal set; }

    /// <summary>How many of the syllables are the title's.</summary>
    public int TitleLength { get; internal set; }

    /// <summary>Keys of the syllables, the title's first.</summary>
    public string Keys { get; internal set; } = "";

    /// <summary>Repaired folds of a damaged text; empty for text typed without marks; null for clean text.</summary>
    public string? Reading { get; internal set; }

    /// <summary>The text, for snippets.</summary>
    public string Text { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<IndexedPassage>
    {
        public void Configure(EntityTypeBuilder<IndexedPassage> builder)
        {
            builder.ToTable("Search_Passage");
            builder.HasOne<IndexedDocument>().WithMany().HasForeignKey(passage => passage.DocumentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
