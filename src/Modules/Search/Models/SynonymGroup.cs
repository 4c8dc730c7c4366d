using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Search.Models;

/// <summary>Words and phrases that mean the same: who looks for one finds the others too. Used at query time only.</summary>
public sealed class SynonymGroup : IVersioned
{
    /// <summary>Most phrases of a group: each is one more way to read a query.</summary>
    public const int MostPhrases = 8;

    /// <summary>Longest phrase, in characters.</summary>
    public const int LongestPhrase = 60;

    internal SynonymGroup()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The phrases, one a line.</summary>
    public string Phrases { get; internal set; } = "";

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>The phrases one by one.</summary>
    public IReadOnlyList<string> Split() => Phrases.Split('\n');

    internal sealed class Configuration : IEntityTypeConfiguration<SynonymGroup>
    {
        public void Configure(EntityTypeBuilder<SynonymGroup> builder)
        {
            builder.ToTable("Search_Synonym");
            builder.Property(group => group.Phrases).HasMaxLength(MostPhrases * (LongestPhrase + 1));
            builder.Property(group => group.Version).IsConcurrencyToken();
        }
    }
}
