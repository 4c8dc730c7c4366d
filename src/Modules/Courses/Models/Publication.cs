using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>How far a course is on its way to its readers.</summary>
public enum PublicationState
{
    /// <summary>The author asks for a second person's eyes.</summary>
    Asked,

    /// <summary>Approved, or needs no approval; waits for its time.</summary>
    Scheduled,

    /// <summary>Sent back with a note.</summary>
    Returned,
}

/// <summary>What is to become of a course's working copy. No row: nothing was asked yet, or all is published.</summary>
public sealed class Publication : IVersioned
{
    internal Publication()
    {
    }

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>How far it is.</summary>
    public PublicationState State { get; internal set; }

    /// <summary>Account of who asked.</summary>
    public Guid? AskedById { get; internal set; }

    /// <summary>Who asked.</summary>
    public string AskedBy { get; internal set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTime AskedUtc { get; internal set; }

    /// <summary>Who approved or sent back; empty until then.</summary>
    public string DecidedBy { get; internal set; } = "";

    /// <summary>When it was last sent back, UTC; null while it never was.</summary>
    public DateTime? ReturnedUtc { get; internal set; }

    /// <summary>What changed, in the author's words; once it is returned, why.</summary>
    public string Note { get; internal set; } = "";

    /// <summary>Hash of the content that was asked for: what is approved is what is published.</summary>
    public string Fingerprint { get; internal set; } = "";

    /// <summary>From when readers see it, UTC; null for at once.</summary>
    public DateTime? PublishAtUtc { get; internal set; }

    /// <summary>Whether who decided knew that completions end by it; when some would and nobody knew, it goes back.</summary>
    public bool MayEnd { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Publication>
    {
        public void Configure(EntityTypeBuilder<Publication> builder)
        {
            builder.ToTable("Courses_Publication");
            builder.HasKey(publication => publication.CourseId);
            builder.Property(publication => publication.AskedBy).HasMaxLength(200);
            builder.Property(publication => publication.DecidedBy).HasMaxLength(200);
            builder.Property(publication => publication.Note).HasMaxLength(300);
            builder.Property(publication => publication.Fingerprint).HasMaxLength(64);
            builder.Property(publication => publication.Version).IsConcurrencyToken();
            builder.HasOne(publication => publication.Course).WithOne().HasForeignKey<Publication>(publication => publication.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(publication => publication.PublishAtUtc);
        }
    }
}
