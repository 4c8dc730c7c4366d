using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Certificates;

/// <summary>
/// Words, signer and colours of certificates, for the whole site or for one province. A change retires the row and adds the next, so that
/// a certificate of last year keeps the signer of last year.
/// </summary>
public sealed class CertificateDesign
{
    internal CertificateDesign()
    {
    }

    /// <summary>What the site begins with, until somebody writes a design.</summary>
    public static readonly CertificateDesign Initial = new()
    {
        Issuer = "Cổng tập huấn Tổ công nghệ số cộng đồng",
        Title = "Giấy chứng nhận",
        Intro = "Chứng nhận",
        Body = "đã hoàn thành khóa học",
        Primary = "#0B6E4F",
        Accent = "#E8A33D",
    };

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Path of the province; empty for the whole site.</summary>
    public string UnitPath { get; internal set; } = "";

    /// <summary>Who issues: "Sở Khoa học và Công nghệ tỉnh Sơn La".</summary>
    public string Issuer { get; internal set; } = "";

    /// <summary>The large words: "Giấy chứng nhận".</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Before the name: "Chứng nhận".</summary>
    public string Intro { get; internal set; } = "";

    /// <summary>Between name and course: "đã hoàn thành khóa học".</summary>
    public string Body { get; internal set; } = "";

    /// <summary>Where it is signed: "Sơn La".</summary>
    public string Place { get; internal set; } = "";

    /// <summary>Office of the signer: "Giám đốc".</summary>
    public string SignerTitle { get; internal set; } = "";

    /// <summary>Name of the signer.</summary>
    public string SignerName { get; internal set; } = "";

    /// <summary>Colour of title and frame: <c>#0B6E4F</c>.</summary>
    public string Primary { get; internal set; } = "";

    /// <summary>Colour of ornaments.</summary>
    public string Accent { get; internal set; } = "";

    /// <summary>Who wrote it.</summary>
    public string WrittenBy { get; internal set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime WrittenUtc { get; internal set; }

    /// <summary>Since when the next one is in use, UTC; null while this one is.</summary>
    public DateTime? RetiredUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CertificateDesign>
    {
        public void Configure(EntityTypeBuilder<CertificateDesign> builder)
        {
            builder.ToTable("Courses_CertificateDesign");
            builder.Property(design => design.UnitPath).HasMaxLength(200);
            builder.Property(design => design.Issuer).HasMaxLength(CertificateDesignForm.Long);
            builder.Property(design => design.Title).HasMaxLength(CertificateDesignForm.Short);
            builder.Property(design => design.Intro).HasMaxLength(CertificateDesignForm.Long);
            builder.Property(design => design.Body).HasMaxLength(CertificateDesignForm.Long);
            builder.Property(design => design.Place).HasMaxLength(CertificateDesignForm.Short);
            builder.Property(design => design.SignerTitle).HasMaxLength(CertificateDesignForm.Short);
            builder.Property(design => design.SignerName).HasMaxLength(CertificateDesignForm.Short);
            builder.Property(design => design.Primary).HasMaxLength(7);
            builder.Property(design => design.Accent).HasMaxLength(7);
            builder.Property(design => design.WrittenBy).HasMaxLength(200);
            // Two people who save at once: the second is told.
            builder.HasIndex(design => design.UnitPath).IsUnique().HasFilter("\"RetiredUtc\" IS NULL").HasDatabaseName("IX_Courses_CertificateDesign_Current");
        }
    }
}
