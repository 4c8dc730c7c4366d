using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.Models;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>The person knows.</summary>
    Reached,

    /// <summary>Nobody answered, or somebody else did.</summary>
    NotReached,
}

/// <summary>The last word of whoever called a person about a session, because nothing else reaches them (R51).</summary>
public sealed class SessionCall
{
    internal SessionCall()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who was called.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>How it ended.</summary>
    public CallOutcome Outcome { get; internal set; }

    /// <summary>When.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>Account that called; null for the system.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>Its name at that time.</summary>
    public string UserName { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<SessionCall>
    {
        public void Configure(EntityTypeBuilder<SessionCall> builder)
        {
            builder.ToTable("Sessions_Call");
            builder.HasKey(call => new { call.SessionId, call.PersonId });
            builder.Property(call => call.UserName).HasMaxLength(200);
            builder.HasOne<Invitation>().WithOne().HasForeignKey<SessionCall>(call => new { call.SessionId, call.PersonId }).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
