using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Library.Models;

/// <summary>What sort of document it is.</summary>
public enum DocumentKind
{
    /// <summary>Tài liệu tập huấn.</summary>
    Material,

    /// <summary>Hướng dẫn.</summary>
    Guide,

    /// <summary>Thông báo.</summary>
    Announcement,

    /// <summary>Quyết định.</summary>
    Decision,

    /// <summary>Kế hoạch.</summary>
    Plan,

    /// <summary>Báo cáo.</summary>
    Report,

    /// <summary>Công văn.</summary>
    Letter,

    /// <summary>Hỏi đáp: a question with its answer.</summary>
    Answer,

    /// <summary>Khác.</summary>
    Other,
}

/// <summary>For whom it is written (R54), as topics are chosen by those who are guided.</summary>
public enum DocumentAudience
{
    /// <summary>Thành viên các tổ.</summary>
    Members,

    /// <summary>Tổ trưởng, tổ phó.</summary>
    Leaders,

    /// <summary>Cán bộ.</summary>
    Staff,

    /// <summary>Người dân.</summary>
    Residents,

    /// <summary>Người cao tuổi.</summary>
    Elderly,

    /// <summary>Hộ kinh doanh, tiểu thương.</summary>
    Traders,

    /// <summary>Gia đình có học sinh.</summary>
    Families,
}

/// <summary>Whether it stands in the library.</summary>
public enum DocumentState
{
    /// <summary>There for its readers.</summary>
    Published,

    /// <summary>Proposed: waits until somebody who keeps the library has looked.</summary>
    Proposed,

    /// <summary>Given back with a reason; who proposed it may mend it and send it again.</summary>
    Refused,
}

/// <summary>Who may read it.</summary>
public enum DocumentVisibility
{
    /// <summary>Everybody, also without an account.</summary>
    Public,

    /// <summary>Whoever has an account with a role.</summary>
    SignedIn,

    /// <summary>Those whose rights reach the document's unit, and those who belong to its subtree.</summary>
    Unit,
}

/// <summary>What the file is, found by looking into it and never by its name.</summary>
public enum FileFormat
{
    /// <summary>Plain text in UTF-8.</summary>
    Text,

    /// <summary>Markdown in UTF-8.</summary>
    Markdown,

    /// <summary>Word (.docx) without macros.</summary>
    Word,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Excel (.xlsx) without macros.</summary>
    Spreadsheet,

    /// <summary>PowerPoint (.pptx) without macros.</summary>
    Slides,

    /// <summary>Picture, JPEG.</summary>
    Jpeg,

    /// <summary>Picture, PNG.</summary>
    Png,

    /// <summary>Picture, WebP.</summary>
    Webp,

    /// <summary>Sound, MP3.</summary>
    Mp3,

    /// <summary>Sound, AAC in MP4 (.m4a).</summary>
    M4a,

    /// <summary>Sound, Ogg.</summary>
    Ogg,

    /// <summary>No file: an address on the web.</summary>
    Link,
}

/// <summary>Whether the words inside the file can be found.</summary>
public enum TextState
{
    /// <summary>The background task will read it within a minute.</summary>
    Pending,

    /// <summary>What stands in the file as text was read; the pages that are only pictures wait for their turn.</summary>
    Scanning,

    /// <summary>Read, as far as there is something to read; <see cref="Document.TextProblem"/> may say what was left out.</summary>
    Done,

    /// <summary>Could not be read; <see cref="Document.TextProblem"/> says why.</summary>
    Failed,
}

/// <summary>A document of the library: facts here, file in the site's folder <c>library</c> under its hash.</summary>
public sealed class Document : IVersioned
{
    internal Document()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>What it is about, in one line.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Official number, such as 07/CĐS.</summary>
    public string? Number { get; internal set; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; internal set; }

    /// <summary>When it was issued.</summary>
    public DateOnly? IssuedOn { get; internal set; }

    /// <summary>What sort of document it is.</summary>
    public DocumentKind Kind { get; internal set; }

    /// <summary>Topic code, T1 to T10.</summary>
    public string? Topic { get; internal set; }

    /// <summary>What it says, in a few sentences.</summary>
    public string? Summary { get; internal set; }

    /// <summary>For whom it is written; null for everybody.</summary>
    public DocumentAudience? Audience { get; internal set; }

    /// <summary>Year that it is about; null when it is about none.</summary>
    public int? PeriodYear { get; internal set; }

    /// <summary>Quarter of that year, 1 to 4; null for the whole.</summary>
    public int? PeriodQuarter { get; internal set; }

    /// <summary>Address on the web; only with <see cref="FileFormat.Link"/>.</summary>
    public string? Url { get; internal set; }

    /// <summary>Who may read it.</summary>
    public DocumentVisibility Visibility { get; internal set; }

    /// <summary>Path of the unit that it belongs to; always with <see cref="DocumentVisibility.Unit"/>.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of its unit for people, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    /// <summary>Whether it stands in the library.</summary>
    public DocumentState State { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public string? ReviewNote { get; internal set; }

    /// <summary>Account of who published or refused it; null when nobody had to.</summary>
    public Guid? ReviewedById { get; internal set; }

    /// <summary>When, UTC.</summary>
    public DateTime? ReviewedUtc { get; internal set; }

    /// <summary>Number of the file among those that the document had, from 1; the earlier ones are <see cref="EarlierEdition"/>s.</summary>
    public int Edition { get; internal set; } = 1;

    /// <summary>When this file came, UTC.</summary>
    public DateTime EditionUtc { get; internal set; }

    /// <summary>Cleaned name that a download gets; its ending fits <see cref="Format"/>.</summary>
    public string FileName { get; internal set; } = "";

    /// <summary>What the file is.</summary>
    public FileFormat Format { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the file in hexadecimal (of the address, for a link); also its name on the disk. The same file is never stored twice.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Whether the words inside can be found.</summary>
    public TextState TextState { get; internal set; }

    /// <summary>Why they cannot, or which part cannot, for people.</summary>
    public string? TextProblem { get; internal set; }

    /// <summary>How often reading was begun since the file came or somebody asked anew; a file on which the site stops is not tried for ever.</summary>
    public int ReadAttempts { get; internal set; }

    /// <summary>Pages of text; 0 until it was read.</summary>
    public int PageCount { get; internal set; }

    /// <summary>When it was added, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>Who added it; null for the command line and recipes.</summary>
    public Guid? CreatedById { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Document>
    {
        public void Configure(EntityTypeBuilder<Document> builder)
        {
            builder.ToTable("Library_Document");
            builder.Property(document => document.Title).HasMaxLength(300);
            builder.Property(document => document.Number).HasMaxLength(60);
            builder.Property(document => document.Issuer).HasMaxLength(200);
            builder.Property(document => document.Topic).HasMaxLength(10);
            builder.Property(document => document.Summary).HasMaxLength(1000);
            builder.Property(document => document.Url).HasMaxLength(1000);
            builder.Property(document => document.UnitPath).HasMaxLength(200);
            builder.Property(document => document.UnitName).HasMaxLength(500);
            builder.Property(document => document.ReviewNote).HasMaxLength(1000);
            builder.Property(document => document.FileName).HasMaxLength(200);
            builder.Property(document => document.Sha256).HasMaxLength(64);
            builder.Property(document => document.TextProblem).HasMaxLength(500);
            builder.Property(document => document.Version).IsConcurrencyToken();
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(document => document.CreatedById).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(document => document.Sha256).IsUnique();
            builder.HasIndex(document => document.CreatedById);
            builder.HasIndex(document => document.CreatedUtc);
            builder.HasIndex(document => document.TextState);
            builder.HasIndex(document => document.State);
        }
    }
}
