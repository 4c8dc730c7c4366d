using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Topics;

/// <summary>
/// A topic as it is from a day on, until the next edition (R30). The row of the topic itself holds what is true today; a count as of a past
/// day takes the edition of that day.
/// </summary>
public sealed class TopicEdition
{
    internal TopicEdition()
    {
    }

    /// <summary>Code of the topic.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>The topic.</summary>
    public Topic Topic { get; internal set; } = null!;

    /// <summary>The first day.</summary>
    public DateOnly ValidFrom { get; internal set; }

    /// <summary>The last day on which the topic is offered; null while no end is known. Its name stays what it was afterwards.</summary>
    public DateOnly? OfferedUntil { get; internal set; }

    /// <summary>Name for people.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>For whom; empty for everybody.</summary>
    public string Audience { get; internal set; } = "";

    /// <summary>Position, ascending.</summary>
    public int Order { get; internal set; }

    /// <summary>Path of the unit that it is for; null for the whole province.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of that unit, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    /// <summary>Who wrote it; empty for the first.</summary>
    public string ChangedBy { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<TopicEdition>
    {
        public void Configure(EntityTypeBuilder<TopicEdition> builder)
        {
            builder.ToTable("Courses_TopicEdition");
            builder.HasKey(edition => new { edition.Code, edition.ValidFrom });
            builder.Property(edition => edition.Code).HasMaxLength(10);
            builder.Property(edition => edition.Name).HasMaxLength(100);
            builder.Property(edition => edition.Audience).HasMaxLength(300);
            builder.Property(edition => edition.UnitPath).HasMaxLength(200);
            builder.Property(edition => edition.UnitName).HasMaxLength(500);
            builder.Property(edition => edition.ChangedBy).HasMaxLength(200);
            builder.HasOne(edition => edition.Topic).WithMany().HasForeignKey(edition => edition.Code).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
