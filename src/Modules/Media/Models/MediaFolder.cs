using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Media.Models;

/// <summary>A folder of media. Whoever has the permission over its unit uploads and changes there; a folder of no unit belongs to all who have it anywhere.</summary>
public sealed class MediaFolder : IVersioned
{
    internal MediaFolder()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Name, unique.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Path of its unit; null for all.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of its unit for people, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    /// <summary>Its files.</summary>
    public IReadOnlyCollection<MediaFile> Files { get; internal set; } = new List<MediaFile>();

    /// <inheritdoc />
    public int Version { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MediaFolder>
    {
        public void Configure(EntityTypeBuilder<MediaFolder> builder)
        {
            builder.ToTable("Media_Folder");
            builder.Property(folder => folder.Name).HasMaxLength(100);
            builder.Property(folder => folder.UnitPath).HasMaxLength(200);
            builder.Property(folder => folder.UnitName).HasMaxLength(500);
            builder.Property(folder => folder.Version).IsConcurrencyToken();
            builder.HasIndex(folder => folder.Name).IsUnique();
        }
    }
}
