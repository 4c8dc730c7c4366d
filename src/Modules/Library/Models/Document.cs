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

    /// <summary>Khác.</summary>
    Other,
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
}

/// <summary>Whether the words inside the file can be found.</summary>
public enum TextState
{
    /// <summary>The background task will read it within a minute.</summary>
    Pending,

    /// <summary>Read.</summary>
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

    /// <summary>Who may read it.</summary>
    public DocumentVisibility Visibility { get; internal set; }

    /// <summary>Path of its unit; only with <see cref="DocumentVisibility.Unit"/>.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of its unit for people, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    /// <summary>Cleaned name that a download gets; its ending fits <see cref="Format"/>.</summary>
    public string FileName { get; internal set; } = "";

    /// <summary>What the file is.</summary>
    public FileFormat Format { get; internal set; }

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the file in hexadecimal; also its name on the disk. The same file is never stored twice.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Whether the words inside can be found.</summary>
    public TextState TextState { get; internal set; }

    /// <summary>Why they cannot, for people.</summary>
    public string? TextProblem { get; internal set; }

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
            builder.Property(document => document.UnitPath).HasMaxLength(200);
            builder.Property(document => document.UnitName).HasMaxLength(500);
            builder.Property(document => document.FileName).HasMaxLength(200);
            builder.Property(document => document.Sha256).HasMaxLength(64);
            builder.Property(document => document.TextProblem).HasMaxLength(500);
            builder.Property(document => document.Version).IsConcurrencyToken();
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(document => document.CreatedById).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(document => document.Sha256).IsUnique();
            builder.HasIndex(document => document.CreatedById);
            builder.HasIndex(document => document.CreatedUtc);
            builder.HasIndex(document => document.TextState);
        }
    }
}
