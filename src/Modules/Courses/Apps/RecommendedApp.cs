using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Library.Models;

namespace TrainingSite.Courses.Apps;

/// <summary>An app or platform that people are told to use (R35): whose it is, where it really is, and who looked when.</summary>
public sealed class RecommendedApp : IVersioned
{
    /// <summary>Most letters of an address.</summary>
    public const int LongestAddress = 500;

    internal RecommendedApp()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Name in addresses.</summary>
    public string Slug { get; internal set; } = "";

    /// <summary>Its name, as it stands in the store.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>What it is for, in a sentence or two.</summary>
    public string Purpose { get; internal set; } = "";

    /// <summary>Who publishes it.</summary>
    public string Publisher { get; internal set; } = "";

    /// <summary>Its page on the web.</summary>
    public string? WebUrl { get; internal set; }

    /// <summary>Its page in Google Play.</summary>
    public string? AndroidUrl { get; internal set; }

    /// <summary>Its page in the App Store.</summary>
    public string? AppleUrl { get; internal set; }

    /// <summary>Code of its topic.</summary>
    public string TopicCode { get; internal set; } = "";

    /// <summary>Its topic.</summary>
    public Topic Topic { get; internal set; } = null!;

    /// <summary>Path of the unit that it is for; null for the whole province.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of that unit, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    /// <summary>The course whose skills it takes to use it.</summary>
    public Guid? CourseId { get; internal set; }

    /// <summary>The course whose skills it takes to use it.</summary>
    public Course? Course { get; internal set; }

    /// <summary>The lesson that explains it.</summary>
    public Guid? LessonId { get; internal set; }

    /// <summary>The lesson that explains it.</summary>
    public Lesson? Lesson { get; internal set; }

    /// <summary>The document of the library that explains it.</summary>
    public Guid? DocumentId { get; internal set; }

    /// <summary>The document of the library that explains it.</summary>
    public Document? Document { get; internal set; }

    /// <summary>Who last looked whether all this is right; null while nobody has, and then only staff see it.</summary>
    public string? ReviewedBy { get; internal set; }

    /// <summary>When.</summary>
    public DateOnly? ReviewedOn { get; internal set; }

    /// <summary>By when somebody shall look again.</summary>
    public DateOnly? NextReviewOn { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecommendedApp>
    {
        public void Configure(EntityTypeBuilder<RecommendedApp> builder)
        {
            builder.ToTable("Courses_App");
            builder.Property(app => app.Slug).HasMaxLength(100);
            builder.Property(app => app.Name).HasMaxLength(100);
            builder.Property(app => app.Purpose).HasMaxLength(500);
            builder.Property(app => app.Publisher).HasMaxLength(200);
            builder.Property(app => app.WebUrl).HasMaxLength(LongestAddress);
            builder.Property(app => app.AndroidUrl).HasMaxLength(LongestAddress);
            builder.Property(app => app.AppleUrl).HasMaxLength(LongestAddress);
            builder.Property(app => app.TopicCode).HasMaxLength(10);
            builder.Property(app => app.UnitPath).HasMaxLength(200);
            builder.Property(app => app.UnitName).HasMaxLength(500);
            builder.Property(app => app.ReviewedBy).HasMaxLength(200);
            builder.Property(app => app.Version).IsConcurrencyToken();
            builder.HasOne(app => app.Topic).WithMany().HasForeignKey(app => app.TopicCode).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne(app => app.Course).WithMany().HasForeignKey(app => app.CourseId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne(app => app.Lesson).WithMany().HasForeignKey(app => app.LessonId).OnDelete(DeleteBehavior.SetNull);
            builder.HasOne(app => app.Document).WithMany().HasForeignKey(app => app.DocumentId).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(app => app.Slug).IsUnique();
            builder.HasIndex(app => app.TopicCode);
            builder.HasIndex(app => app.CourseId);
            builder.HasIndex(app => app.LessonId);
            builder.HasIndex(app => app.DocumentId);
        }
    }
}

/// <summary>An app was added, changed or removed. Told after <c>SaveChanges</c>, inside the same transaction.</summary>
/// <param name="Id">Its key.</param>
public sealed record AppChanged(Guid Id);
