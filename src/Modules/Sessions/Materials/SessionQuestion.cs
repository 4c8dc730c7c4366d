using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Materials;

/// <summary>A question of somebody invited to a session, with its answer (R44).</summary>
public sealed class SessionQuestion
{
    internal SessionQuestion()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who asks.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>When.</summary>
    public DateTime AskedUtc { get; internal set; }

    /// <summary>The question.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>The answer; null while there is none.</summary>
    public string? Answer { get; internal set; }

    /// <summary>Who answered, by name.</summary>
    public string? AnsweredBy { get; internal set; }

    /// <summary>When.</summary>
    public DateTime? AnsweredUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SessionQuestion>
    {
        public void Configure(EntityTypeBuilder<SessionQuestion> builder)
        {
            builder.ToTable("Sessions_Question");
            builder.Property(question => question.Text).HasMaxLength(1000);
            builder.Property(question => question.Answer).HasMaxLength(2000);
            builder.Property(question => question.AnsweredBy).HasMaxLength(200);
            builder.HasOne<TrainingSession>().WithMany().HasForeignKey(question => question.SessionId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Person>().WithMany().HasForeignKey(question => question.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(question => new { question.SessionId, question.AskedUtc });
        }
    }
}
