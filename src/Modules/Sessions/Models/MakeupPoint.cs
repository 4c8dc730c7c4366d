using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.Models;

/// <summary>A point of the original session whose people a make-up is for; a make-up without such rows is for the people of all points.</summary>
public sealed class MakeupPoint
{
    internal MakeupPoint()
    {
    }

    /// <summary>The make-up.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The point of the original.</summary>
    public Guid PointId { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MakeupPoint>
    {
        public void Configure(EntityTypeBuilder<MakeupPoint> builder)
        {
            builder.ToTable("Sessions_MakeupPoint");
            builder.HasKey(point => new { point.SessionId, point.PointId });
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(point => point.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(point => point.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(point => point.PointId);
        }
    }
}
