using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.Models;

/// <summary>One part of a session without a long break: the morning, the afternoon.</summary>
public sealed class SessionBlock
{
    internal SessionBlock()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Position from 1: how events name it.</summary>
    public int Number { get; internal set; }

    /// <summary>Start.</summary>
    public DateTime StartUtc { get; internal set; }

    /// <summary>End.</summary>
    public DateTime EndUtc { get; internal set; }

    /// <summary>What it is about; may be empty.</summary>
    public string Title { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<SessionBlock>
    {
        public void Configure(EntityTypeBuilder<SessionBlock> builder)
        {
            builder.ToTable("Sessions_Block");
            builder.HasKey(block => new { block.SessionId, block.Number });
            builder.Property(block => block.Title).HasMaxLength(200);
        }
    }
}

/// <summary>A topic that a session carries, by its code.</summary>
public sealed class SessionTopic
{
    internal SessionTopic()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Code of the topic: T1 to T10.</summary>
    public string Topic { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<SessionTopic>
    {
        public void Configure(EntityTypeBuilder<SessionTopic> builder)
        {
            builder.ToTable("Sessions_Topic");
            builder.HasKey(topic => new { topic.SessionId, topic.Topic });
            builder.Property(topic => topic.Topic).HasMaxLength(10);
        }
    }
}

/// <summary>A unit whose subtree is invited (R39).</summary>
public sealed class SessionInvite
{
    internal SessionInvite()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Code of the unit.</summary>
    public string UnitCode { get; internal set; } = "";

    /// <summary>Path of the unit.</summary>
    public string UnitPath { get; internal set; } = "";

    internal sealed class Configuration : IEntityTypeConfiguration<SessionInvite>
    {
        public void Configure(EntityTypeBuilder<SessionInvite> builder)
        {
            builder.ToTable("Sessions_Invite");
            builder.HasKey(invite => new { invite.SessionId, invite.UnitCode });
            builder.Property(invite => invite.UnitCode).HasMaxLength(40);
            builder.Property(invite => invite.UnitPath).HasMaxLength(200);
        }
    }
}
