using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>A lesson of a course. The Markdown is what authors edit; its HTML is made when it is saved, so that reading costs no rendering.</summary>
public sealed class Lesson : IVersioned
{
    internal Lesson()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>Its name in addresses, unique in the course.</summary>
    public string Slug { get; internal set; } = "";

    /// <summary>Position in the course, from 1.</summary>
    public int Position { get; internal set; }

    /// <summary>Title.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>One sentence.</summary>
    public string Summary { get; internal set; } = "";

    /// <summary>The text as its author writes it.</summary>
    public string Markdown { get; internal set; } = "";

    /// <summary>The text as the page shows it.</summary>
    public string Html { get; internal set; } = "";

    /// <summary>The text without markup, to search and to read aloud.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>SHA-256 of the SCORM package that it plays, after its text; null for a lesson to read.</summary>
    public string? PackageSha256 { get; internal set; }

    /// <summary>Minutes that reading takes.</summary>
    public int Minutes { get; internal set; }

    /// <summary>Size of text and pictures in bytes, for people who pay for each of them.</summary>
    public int Bytes { get; internal set; }

    /// <summary>Size of sound, films and attachments, which are fetched only when the reader asks for them.</summary>
    public long MediaBytes { get; internal set; }

    /// <summary>
    /// When it was taken out of its course, UTC; null while it is part of it. It is kept for what people did in it: put back under its name, it finds
    /// that again. Queries leave it out unless they ask for it.
    /// </summary>
    public DateTime? RemovedUtc { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Lesson>
    {
        public void Configure(EntityTypeBuilder<Lesson> builder)
        {
            builder.ToTable("Courses_Lesson");
            builder.Property(lesson => lesson.Slug).HasMaxLength(100);
            builder.Property(lesson => lesson.Title).HasMaxLength(200);
            builder.Property(lesson => lesson.Summary).HasMaxLength(500);
            builder.Property(lesson => lesson.PackageSha256).HasMaxLength(64);
            builder.Property(lesson => lesson.Version).IsConcurrencyToken();
            builder.HasQueryFilter(lesson => lesson.RemovedUtc == null);
            builder.HasOne(lesson => lesson.Course).WithMany(course => course.Lessons).HasForeignKey(lesson => lesson.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(lesson => new { lesson.CourseId, lesson.Slug }).IsUnique();
        }
    }
}
