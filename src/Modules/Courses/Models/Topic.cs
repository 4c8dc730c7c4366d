using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>A topic of the catalogue, T1 to T10 (domain §5), as it is today. Courses and training sessions name it by its code; what it was and will be is in its editions.</summary>
public sealed class Topic
{
    internal Topic()
    {
    }

    /// <summary>Its code, <c>T1</c> to <c>T10</c>; the key, because everybody who refers to a topic does so by the code.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Name for people: "An toàn trên mạng".</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Name of a Bootstrap icon.</summary>
    public string Icon { get; internal set; } = "";

    /// <summary>Position, ascending.</summary>
    public int Order { get; internal set; }

    /// <summary>For whom; empty for everybody.</summary>
    public string Audience { get; internal set; } = "";

    /// <summary>Whether it can be chosen for something new.</summary>
    public bool IsOffered { get; internal set; } = true;

    /// <summary>Path of the unit that it is for; null for the whole province.</summary>
    public string? UnitPath { get; internal set; }

    /// <summary>Name of that unit, as of the day it was chosen.</summary>
    public string? UnitName { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Topic>
    {
        public void Configure(EntityTypeBuilder<Topic> builder)
        {
            builder.ToTable("Courses_Topic");
            builder.HasKey(topic => topic.Code);
            builder.Property(topic => topic.Code).HasMaxLength(10);
            builder.Property(topic => topic.Name).HasMaxLength(100);
            builder.Property(topic => topic.Icon).HasMaxLength(40);
            builder.Property(topic => topic.Audience).HasMaxLength(300);
            builder.Property(topic => topic.UnitPath).HasMaxLength(200);
            builder.Property(topic => topic.UnitName).HasMaxLength(500);
        }
    }
}
