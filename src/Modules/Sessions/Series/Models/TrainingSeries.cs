using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Series.Models;

/// <summary>One theme on several dates (R38): whoever is invited to several of its sessions picks one.</summary>
public sealed class TrainingSeries
{
    internal TrainingSeries()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>How addresses name it.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Title.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>What it is about.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>Path of the unit that holds it.</summary>
    public string OrganizerPath { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<TrainingSeries>
    {
        public void Configure(EntityTypeBuilder<TrainingSeries> builder)
        {
            builder.ToTable("Sessions_Series");
            builder.Property(series => series.Code).HasMaxLength(40);
            builder.Property(series => series.Title).HasMaxLength(300);
            builder.Property(series => series.Description).HasMaxLength(4000);
            builder.Property(series => series.OrganizerPath).HasMaxLength(200);
            builder.HasIndex(series => series.Code).IsUnique();
        }
    }
}
