using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>The one row that says how far the index is: under which analyzer it was built, and what the stored counts cover.</summary>
public sealed class IndexState
{
    /// <summary>Key of the only row.</summary>
    public const int OnlyId = 1;

    internal IndexState()
    {
    }

    /// <summary>Key.</summary>
    public int Id { get; internal set; } = OnlyId;

    /// <summary>Version of the analyzer that the whole index was built with; 0 before the first complete build.</summary>
    public int AnalyzerVersion { get; internal set; }

    /// <summary>Grows when the counts were made anew, so that every node loads them again.</summary>
    public int Generation { get; internal set; }

    /// <summary>Largest passage key that is counted.</summary>
    public int CountedTo { get; internal set; }

    /// <summary>Counted passages.</summary>
    public int Passages { get; internal set; }

    /// <summary>Their syllables.</summary>
    public long Length { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<IndexState>
    {
        public void Configure(EntityTypeBuilder<IndexState> builder)
        {
            builder.ToTable("Search_State");
            builder.Property(state => state.Id).ValueGeneratedNever();
        }
    }
}
