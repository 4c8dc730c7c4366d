using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Trainers;

/// <summary>An account that teaches at a session, whatever its other rights (R47).</summary>
public sealed class SessionTrainer
{
    internal SessionTrainer()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The account.</summary>
    public Guid UserId { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SessionTrainer>
    {
        public void Configure(EntityTypeBuilder<SessionTrainer> builder)
        {
            builder.ToTable("Sessions_Trainer");
            builder.HasKey(trainer => new { trainer.SessionId, trainer.UserId });
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(trainer => trainer.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(trainer => trainer.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(trainer => trainer.UserId);
        }
    }
}
