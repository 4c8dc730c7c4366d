using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.External;

/// <summary>How far the proof of an external course is.</summary>
public enum ExternalState
{
    /// <summary>Waits for the department.</summary>
    Submitted,

    /// <summary>It counts.</summary>
    Accepted,

    /// <summary>It does not, for the reason given.</summary>
    Refused,
}

/// <summary>What kind of file proves it, by its first bytes.</summary>
public enum ProofType
{
    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,
}

/// <summary>A course that a member completed elsewhere, such as the ministry's MOOC, with its proof (R27).</summary>
public sealed class ExternalCompletion : IVersioned
{
    internal ExternalCompletion()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Who.</summary>
    public Person Person { get; internal set; } = null!;

    /// <summary>Name of the course.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Who gave it.</summary>
    public string Provider { get; internal set; } = "";

    /// <summary>The day of completion.</summary>
    public DateOnly CompletedOn { get; internal set; }

    /// <summary>Address of the proof; null when it is a file alone.</summary>
    public string? Link { get; internal set; }

    /// <summary>Hash of the file, and its name on the disk; null when the proof is an address alone.</summary>
    public string? FileSha256 { get; internal set; }

    /// <summary>What kind of file.</summary>
    public ProofType? FileType { get; internal set; }

    /// <summary>How far it is.</summary>
    public ExternalState State { get; internal set; }

    /// <summary>Who wrote it down.</summary>
    public string SubmittedBy { get; internal set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime SubmittedUtc { get; internal set; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; internal set; }

    /// <summary>When, UTC.</summary>
    public DateTime? DecidedUtc { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ExternalCompletion>
    {
        public void Configure(EntityTypeBuilder<ExternalCompletion> builder)
        {
            builder.ToTable("Courses_ExternalCompletion");
            builder.Property(row => row.Name).HasMaxLength(200);
            builder.Property(row => row.Provider).HasMaxLength(200);
            builder.Property(row => row.Link).HasMaxLength(500);
            builder.Property(row => row.FileSha256).HasMaxLength(64);
            builder.Property(row => row.SubmittedBy).HasMaxLength(200);
            builder.Property(row => row.DecidedBy).HasMaxLength(200);
            builder.Property(row => row.Reason).HasMaxLength(500);
            builder.Property(row => row.Version).IsConcurrencyToken();
            builder.HasOne(row => row.Person).WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(row => row.PersonId);
            // The department's list of what waits; what is decided is not in it.
            builder.HasIndex(row => row.SubmittedUtc).HasFilter("\"State\" = 'Submitted'").HasDatabaseName("IX_Courses_ExternalCompletion_Waiting");
        }
    }
}
