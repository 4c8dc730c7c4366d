using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>How many wrong codes were typed by a person, or for a session, since when.</summary>
internal sealed class PointGuess
{
    internal PointGuess()
    {
    }

    /// <summary>The person or the session.</summary>
    public Guid SubjectId { get; internal set; }

    /// <summary>Wrong codes until then.</summary>
    public int Count { get; internal set; }

    /// <summary>When they are forgotten.</summary>
    public DateTime UntilUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PointGuess>
    {
        public void Configure(EntityTypeBuilder<PointGuess> builder)
        {
            builder.ToTable("Sessions_PointGuess");
            builder.HasKey(guess => guess.SubjectId);
            builder.Property(guess => guess.SubjectId).ValueGeneratedNever();
        }
    }
}
