using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Board.Models;

/// <summary>When a point was last heard of: its sheet was opened, its marks arrived.</summary>
public sealed class PointContact
{
    internal PointContact()
    {
    }

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>When; written at most every 30 seconds.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>Which device; empty for a page without script.</summary>
    public string Device { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<PointContact>
    {
        public void Configure(EntityTypeBuilder<PointContact> builder)
        {
            builder.ToTable("Sessions_PointContact");
            builder.HasKey(contact => contact.PointId);
            builder.Property(contact => contact.PointId).ValueGeneratedNever();
            builder.Property(contact => contact.Device).HasMaxLength(60);
            builder.HasOne<SessionPoint>().WithOne().HasForeignKey<PointContact>(contact => contact.PointId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
