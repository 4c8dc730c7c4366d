using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Scorm;

/// <summary>Which SCORM a package speaks.</summary>
public enum ScormEdition
{
    /// <summary>SCORM 1.2.</summary>
    Scorm12,

    /// <summary>SCORM 2004, any edition.</summary>
    Scorm2004,
}

/// <summary>A line of a package's table of contents.</summary>
/// <param name="Number">From 1 among the parts that can be opened; 0 for a heading.</param>
/// <param name="Title">Title.</param>
/// <param name="Depth">How deep it stands, from 0.</param>
/// <param name="IsSco">Whether it speaks with the site; what does not is done when it is opened.</param>
public sealed record ScormItem(int Number, string Title, int Depth, bool IsSco)
{
    /// <summary>File that is opened, a path inside the package; null for a heading.</summary>
    public string? Path { get; init; }

    /// <summary>What follows the path, with its question mark or hash; empty for nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>What the package calls it, for content that asks for another part; null for a heading and in packages brought in before this was kept.</summary>
    public string? Identifier { get; init; }

    /// <summary>Raw score that passes (1.2), for the content to know.</summary>
    public double? MasteryScore { get; init; }

    /// <summary>Share of the points that passes (2004), for the content to know.</summary>
    public double? PassingScore { get; init; }

    /// <summary>Text that the manifest gives to the content.</summary>
    public string? LaunchData { get; init; }
}

/// <summary>A file of a package; its place in the list is its name on the disk.</summary>
/// <param name="Path">Path inside the package, NFC.</param>
/// <param name="Size">Bytes.</param>
public sealed record ScormFile(string Path, long Size);

/// <summary>A SCORM package, known by its content: the same file is kept once, and what a hash stands for never changes.</summary>
public sealed class ScormPackage
{
    internal ScormPackage()
    {
    }

    /// <summary>Key: hash of the ZIP file.</summary>
    public string Sha256 { get; internal set; } = "";

    /// <summary>Which SCORM it speaks.</summary>
    public ScormEdition Edition { get; internal set; }

    /// <summary>Title in the manifest.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>Bytes of the ZIP file.</summary>
    public long Size { get; internal set; }

    /// <summary>Table of contents as JSON; read it by <see cref="ReadItems"/>.</summary>
    public string Items { get; internal set; } = "[]";

    /// <summary>Its files as JSON; read them by <see cref="ReadFiles"/>.</summary>
    public string Files { get; internal set; } = "[]";

    /// <summary>When it was first brought in, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>By whom.</summary>
    public string CreatedBy { get; internal set; } = "";

    /// <summary>The table of contents.</summary>
    public IReadOnlyList<ScormItem> ReadItems() => JsonSerializer.Deserialize<List<ScormItem>>(Items, CourseJson.Options)!;

    /// <summary>The files.</summary>
    public IReadOnlyList<ScormFile> ReadFiles() => JsonSerializer.Deserialize<List<ScormFile>>(Files, CourseJson.Options)!;

    internal static string Write<T>(IReadOnlyList<T> rows) => JsonSerializer.Serialize(rows, CourseJson.Options);

    internal sealed class Configuration : IEntityTypeConfiguration<ScormPackage>
    {
        public void Configure(EntityTypeBuilder<ScormPackage> builder)
        {
            builder.ToTable("Courses_ScormPackage");
            builder.HasKey(package => package.Sha256);
            builder.Property(package => package.Sha256).HasMaxLength(64);
            builder.Property(package => package.Title).HasMaxLength(200);
            builder.Property(package => package.CreatedBy).HasMaxLength(200);
        }
    }
}
