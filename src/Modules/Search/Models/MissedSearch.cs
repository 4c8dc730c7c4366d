using System.Numerics;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>What people looked for and did not find, one row for all ways of typing it. It says how often, never who.</summary>
public sealed class MissedSearch
{
    /// <summary>Longest text that is kept; who writes more is not looking for something by its name.</summary>
    public const int MaxLength = 100;

    private const int Marks = 64;

    internal MissedSearch()
    {
    }

    /// <summary>The syllables without marks, case and signs: the key.</summary>
    public string Form { get; internal set; } = "";

    /// <summary>As somebody typed it last.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The first day, in Vietnam.</summary>
    public DateOnly FirstDay { get; internal set; }

    /// <summary>The last day.</summary>
    public DateOnly LastDay { get; internal set; }

    /// <summary>How often.</summary>
    public int Count { get; internal set; }

    /// <summary>
    /// Which of 64 marks the accounts that asked bear. Each mark is borne by a sixty-fourth of all accounts, another sixty-fourth for
    /// each query: enough to tell how many people asked, not who.
    /// </summary>
    public long People { get; internal set; }

    /// <summary>When somebody last took care of it; null while nobody has, and when it was missed again since.</summary>
    public DateTime? HandledUtc { get; internal set; }

    /// <summary>Who took care of it.</summary>
    public string? HandledBy { get; internal set; }

    /// <summary>About how many accounts asked; null when they are too many to tell (over two hundred). Visitors are in <see cref="Count"/> only.</summary>
    public int? CountPeople()
    {
        var free = Marks - BitOperations.PopCount((ulong)People);
        return free == 0 ? null : (int)Math.Round(-Marks * Math.Log((double)free / Marks));
    }

    internal sealed class Configuration : IEntityTypeConfiguration<MissedSearch>
    {
        public void Configure(EntityTypeBuilder<MissedSearch> builder)
        {
            builder.ToTable("Search_Miss");
            builder.HasKey(miss => miss.Form);
            builder.Property(miss => miss.Form).HasMaxLength(MaxLength);
            builder.Property(miss => miss.Text).HasMaxLength(MaxLength);
            builder.Property(miss => miss.HandledBy).HasMaxLength(200);
        }
    }
}
