using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Library.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Materials;

/// <summary>Something to read before or after a session (R44): a document of the library, a course, or an address elsewhere.</summary>
public sealed class SessionMaterial
{
    internal SessionMaterial()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Position in the list.</summary>
    public int Order { get; internal set; }

    /// <summary>The document; null for a course or an address.</summary>
    public Guid? DocumentId { get; internal set; }

    /// <summary>The course; null for a document or an address.</summary>
    public Guid? CourseId { get; internal set; }

    /// <summary>Address elsewhere.</summary>
    public string? Url { get; internal set; }

    /// <summary>What is to be found at that address.</summary>
    public string? Title { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SessionMaterial>
    {
        public void Configure(EntityTypeBuilder<SessionMaterial> builder)
        {
            builder.ToTable("Sessions_Material");
            builder.Property(material => material.Url).HasMaxLength(500);
            builder.Property(material => material.Title).HasMaxLength(300);
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(material => material.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Document>().WithMany().HasForeignKey(material => material.DocumentId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Course>().WithMany().HasForeignKey(material => material.CourseId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
