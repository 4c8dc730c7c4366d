using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Registration.Models;

/// <summary>What a person had answered before a session was given other times: kept to be read, counted nowhere.</summary>
public sealed class EarlierAnswer
{
    internal EarlierAnswer()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Which postponement ended it, from 1.</summary>
    public int Postponement { get; internal set; }

    /// <summary>The start that was answered to.</summary>
    public DateTime StartUtc { get; internal set; }

    /// <summary>What was answered.</summary>
    public InvitationResponse Response { get; internal set; }

    /// <summary>Why the person did not come, in words.</summary>
    public string? Reason { get; internal set; }

    /// <summary>When it was answered.</summary>
    public DateTime? RespondedUtc { get; internal set; }

    /// <summary>Who answered, by name.</summary>
    public string? RespondedByName { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<EarlierAnswer>
    {
        public void Configure(EntityTypeBuilder<EarlierAnswer> builder)
        {
            builder.ToTable("Sessions_EarlierAnswer");
            builder.HasKey(answer => new { answer.SessionId, answer.PersonId, answer.Postponement });
            builder.Property(answer => answer.Reason).HasMaxLength(500);
            builder.Property(answer => answer.RespondedByName).HasMaxLength(200);
            builder.HasOne<Invitation>().WithMany().HasForeignKey(answer => new { answer.SessionId, answer.PersonId }).OnDelete(DeleteBehavior.Cascade)
                .HasConstraintName("FK_Sessions_EarlierAnswer_Sessions_Invitation");
        }
    }
}
