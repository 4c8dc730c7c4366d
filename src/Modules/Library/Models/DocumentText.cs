using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Library.Models;

/// <summary>The words of one page.</summary>
public sealed class DocumentText
{
    internal DocumentText()
    {
    }

    /// <summary>Of which document.</summary>
    public Guid DocumentId { get; internal set; }

    /// <summary>Page, from 1.</summary>
    public int PageNumber { get; internal set; }

    /// <summary>Plain text.</summary>
    public string Text { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<DocumentText>
    {
        public void Configure(EntityTypeBuilder<DocumentText> builder)
        {
            builder.ToTable("Library_DocumentText");
            builder.HasKey(text => new { text.DocumentId, text.PageNumber });
            builder.HasOne<Document>().WithMany().HasForeignKey(text => text.DocumentId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
