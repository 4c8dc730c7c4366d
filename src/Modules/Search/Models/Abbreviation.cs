using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>An abbreviation that people write and look for. Used at query time only: a change counts at once.</summary>
public sealed class Abbreviation
{
    internal Abbreviation()
    {
    }

    /// <summary>The abbreviation, such as DVC.</summary>
    public string Short { get; internal set; } = "";

    /// <summary>What it stands for.</summary>
    public string Long { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<Abbreviation>
    {
        public void Configure(EntityTypeBuilder<Abbreviation> builder)
        {
            builder.ToTable("Search_Abbreviation");
            builder.HasKey(abbreviation => abbreviation.Short);
            builder.Property(abbreviation => abbreviation.Short).HasMaxLength(20);
            builder.Property(abbreviation => abbreviation.Long).HasMaxLength(200);
        }
    }
}
