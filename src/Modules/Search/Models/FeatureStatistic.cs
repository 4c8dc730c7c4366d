using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>In how many passages a syllable or pair occurs. Every node keeps these counts in memory.</summary>
public sealed class FeatureStatistic
{
    internal FeatureStatistic()
    {
    }

    /// <summary>The feature: <c>cong</c> or <c>cong_nghe</c>.</summary>
    public string Feature { get; internal set; } = "";

    /// <summary>In how many passages.</summary>
    public int Passages { get; internal set; }

    /// <summary>In how many undamaged ones.</summary>
    public int Clean { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeatureStatistic>
    {
        public void Configure(EntityTypeBuilder<FeatureStatistic> builder)
        {
            builder.ToTable("Search_Statistic");
            builder.HasKey(statistic => statistic.Feature);
            builder.Property(statistic => statistic.Feature).HasMaxLength(100);
        }
    }
}
