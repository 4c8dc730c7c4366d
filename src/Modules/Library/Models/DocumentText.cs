using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Library.Models;

/// <summary>How the words of a page were come by.</summary>
public enum PageSource
{
    /// <summary>They stand in the file as text.</summary>
    Layer,

    /// <summary>The page is a picture and waits to be read.</summary>
    Waiting,

    /// <summary>Read from the picture of the page.</summary>
    Scan,

    /// <summary>The page is a picture in which nothing could be read.</summary>
    Unread,
}

/// <summary>The words of one page: of a PDF page, a sheet, a slide, a picture.</summary>
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

    /// <summary>How they were come by.</summary>
    public PageSource Source { get; internal set; }

    /// <summary>How sure the reading is, 0 to 100: the mean over the page's words; only with <see cref="PageSource.Scan"/>.</summary>
    public int? Confidence { get; internal set; }

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
