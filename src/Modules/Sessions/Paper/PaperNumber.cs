using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Paper;

/// <summary>A person's number on the paper sheet of a point. Never changed nor given to another, so that a sheet printed yesterday stays true.</summary>
public sealed class PaperNumber
{
    internal PaperNumber()
    {
    }

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>The number, from 1.</summary>
    public int Number { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PaperNumber>
    {
        public void Configure(EntityTypeBuilder<PaperNumber> builder)
        {
            builder.ToTable("Sessions_PaperNumber");
            builder.HasKey(number => new { number.PointId, number.PersonId });
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(number => number.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(number => number.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(number => new { number.PointId, number.Number }).IsUnique();
            builder.HasIndex(number => number.PersonId);
        }
    }
}
