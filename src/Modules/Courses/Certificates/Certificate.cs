using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Certificates;

/// <summary>
/// The certificate of one completion: its number, and the code that anybody can check. Whether it holds is said by the completion; its
/// paper is drawn anew each time, with the design that was in use when it was issued.
/// </summary>
public sealed class Certificate
{
    internal Certificate()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>What it certifies.</summary>
    public Guid CompletionId { get; internal set; }

    /// <summary>What it certifies.</summary>
    public Completion Completion { get; internal set; } = null!;

    /// <summary>Twelve letters and digits, made at random: <c>K7QF2M9DXH4P</c>. Whoever has the paper can look it up; nobody can guess one.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Year of issue in Vietnam.</summary>
    public int Year { get; internal set; }

    /// <summary>Number within the year, from 1.</summary>
    public int Sequence { get; internal set; }

    /// <summary>The course's title when it was issued.</summary>
    public string CourseTitle { get; internal set; } = "";

    /// <summary>The design; null for the one that the site begins with.</summary>
    public Guid? DesignId { get; internal set; }

    /// <summary>The design.</summary>
    public CertificateDesign? Design { get; internal set; }

    /// <summary>When it was issued, UTC.</summary>
    public DateTime IssuedUtc { get; internal set; }

    /// <summary>"00012/2026": as it stands on the paper.</summary>
    public string Number => $"{Sequence:00000}/{Year}";

    internal sealed class Configuration : IEntityTypeConfiguration<Certificate>
    {
        public void Configure(EntityTypeBuilder<Certificate> builder)
        {
            builder.ToTable("Courses_Certificate");
            builder.Property(certificate => certificate.Code).HasMaxLength(20);
            builder.Property(certificate => certificate.CourseTitle).HasMaxLength(200);
            builder.Ignore(certificate => certificate.Number);
            builder.HasOne(certificate => certificate.Completion).WithMany().HasForeignKey(certificate => certificate.CompletionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(certificate => certificate.Design).WithMany().HasForeignKey(certificate => certificate.DesignId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(certificate => certificate.CompletionId).IsUnique();
            builder.HasIndex(certificate => certificate.Code).IsUnique();
            builder.HasIndex(certificate => new { certificate.Year, certificate.Sequence }).IsUnique();
            builder.HasIndex(certificate => certificate.DesignId);
        }
    }
}
