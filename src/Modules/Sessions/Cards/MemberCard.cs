using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Cards;

/// <summary>That a person was given a new card: the older ones are void. Whoever has no row carries the first.</summary>
public sealed class MemberCard
{
    internal MemberCard()
    {
    }

    /// <summary>Whose.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Number of the card that counts: 2, 3, …</summary>
    public int Issue { get; internal set; }

    /// <summary>When it was issued.</summary>
    public DateTime IssuedUtc { get; internal set; }

    /// <summary>Who issued it.</summary>
    public string IssuedBy { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<MemberCard>
    {
        public void Configure(EntityTypeBuilder<MemberCard> builder)
        {
            builder.ToTable("Sessions_MemberCard");
            builder.HasKey(card => card.PersonId);
            builder.Property(card => card.PersonId).ValueGeneratedNever();
            builder.Property(card => card.IssuedBy).HasMaxLength(200);
            builder.HasOne<Person>().WithOne().HasForeignKey<MemberCard>(card => card.PersonId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
