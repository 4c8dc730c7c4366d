using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Notifications.Models;

/// <summary>The way a message reaches a person.</summary>
public enum MessageChannel
{
    /// <summary>In the application, under "Thông báo". Everybody gets this one; who has no account yet finds it after the first sign-in.</summary>
    InApp,

    /// <summary>By e-mail.</summary>
    Email,
}

/// <summary>How far a message is.</summary>
public enum MessageState
{
    /// <summary>Waits for its time.</summary>
    Pending,

    /// <summary>Handed to the mail server; the answer is not recorded yet.</summary>
    Sending,

    /// <summary>Accepted by the mail server, or visible in the application.</summary>
    Sent,

    /// <summary>Did not go, and will be tried again.</summary>
    Failed,

    /// <summary>Given up; <see cref="Message.Error"/> says why. A person may retry it.</summary>
    Dead,

    /// <summary>The occasion passed before the message went; nothing was sent.</summary>
    Skipped,
}

/// <summary>
/// One thing to be told to one person in one way. The unique key (rule, subject, person, channel) is what makes planning repeatable;
/// see docs/notifications.md for how sending is.
/// </summary>
public sealed class Message
{
    internal Message()
    {
    }

    /// <summary>Key, given by the database: rows are inserted by <c>INSERT … SELECT</c>.</summary>
    public long Id { get; internal set; }

    /// <summary><see cref="IReminderSource.Rule"/>.</summary>
    public string Rule { get; internal set; } = "";

    /// <summary><see cref="DueReminder.Subject"/>.</summary>
    public string Subject { get; internal set; } = "";

    /// <summary><see cref="DueReminder.PersonId"/>: who, a person or an account without one.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>The person's account at the time of planning.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>In which way.</summary>
    public MessageChannel Channel { get; internal set; }

    /// <summary>E-mail address; null in the application.</summary>
    public string? Address { get; internal set; }

    /// <summary>When it became due, UTC.</summary>
    public DateTime DueUtc { get; internal set; }

    /// <summary>How far it is.</summary>
    public MessageState State { get; internal set; }

    /// <summary>How often a sender has taken it. Also the number that a slow sender is fenced off by.</summary>
    public int Attempts { get; internal set; }

    /// <summary>When a sender may take it, UTC; moved ahead while one holds it; null when there is nothing left to do.</summary>
    public DateTime? NextTryUtc { get; internal set; }

    /// <summary>When it went, UTC.</summary>
    public DateTime? SentUtc { get; internal set; }

    /// <summary>When the person opened it, UTC (in the application only).</summary>
    public DateTime? ReadUtc { get; internal set; }

    /// <summary>Subject line, once sent.</summary>
    public string? Title { get; internal set; }

    /// <summary>The words, once sent.</summary>
    public string? Text { get; internal set; }

    /// <summary>Where it leads on the site.</summary>
    public string? Url { get; internal set; }

    /// <summary>Why it did not go the last time.</summary>
    public string? Error { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> builder)
        {
            builder.ToTable("Notifications_Message");
            builder.Property(message => message.Rule).HasMaxLength(60);
            builder.Property(message => message.Subject).HasMaxLength(120);
            builder.Property(message => message.Address).HasMaxLength(256);
            builder.Property(message => message.Title).HasMaxLength(300);
            builder.Property(message => message.Url).HasMaxLength(500);
            builder.Property(message => message.Error).HasMaxLength(1000);
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(message => message.UserId).OnDelete(DeleteBehavior.SetNull);
            builder.HasIndex(message => new { message.Rule, message.Subject, message.PersonId, message.Channel }).IsUnique();
            builder.HasIndex(message => new { message.Channel, message.NextTryUtc });
            builder.HasIndex(message => new { message.PersonId, message.Channel });
            builder.HasIndex(message => message.UserId);
        }
    }
}
