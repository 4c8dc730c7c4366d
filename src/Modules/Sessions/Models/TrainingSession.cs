using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Models;

/// <summary>How people take part.</summary>
public enum SessionMode
{
    /// <summary>Trực tiếp: everybody comes to a point.</summary>
    InPerson,

    /// <summary>Trực tuyến: everybody joins by a link.</summary>
    Online,

    /// <summary>Both.</summary>
    Mixed,
}

/// <summary>Where a session is in its life.</summary>
public enum SessionState
{
    /// <summary>Being prepared; only its organizers see it.</summary>
    Draft,

    /// <summary>The invited list is frozen and the invitations go out.</summary>
    Published,

    /// <summary>It runs; attendance is taken.</summary>
    Open,

    /// <summary>It is over; who has no mark counts as absent.</summary>
    Closed,

    /// <summary>It does not take place, for the reason given.</summary>
    Cancelled,
}

/// <summary>A training session (buổi tập huấn) that runs at many points at once (R36, R37).</summary>
public sealed class TrainingSession : IVersioned
{
    internal TrainingSession()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>How lists and the API name it: <c>TH-2022-09-14</c>.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Title.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>What it is about and what to bring.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>In person, online or both.</summary>
    public SessionMode Mode { get; internal set; }

    /// <summary>Where it is in its life.</summary>
    public SessionState State { get; internal set; }

    /// <summary>Why it was cancelled or, while it is not, why it was postponed.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Path of the unit that holds it; who may manage sessions there may manage this one.</summary>
    public string OrganizerPath { get; internal set; } = "";

    /// <summary>Who holds it, in words.</summary>
    public string Organizers { get; internal set; } = "";

    /// <summary>Who teaches, in words: firms, police (R36).</summary>
    public string Trainers { get; internal set; } = "";

    /// <summary>Start of the first block.</summary>
    public DateTime StartUtc { get; internal set; }

    /// <summary>End of the last block.</summary>
    public DateTime EndUtc { get; internal set; }

    /// <summary>Teams of which level are invited.</summary>
    public TeamLevels InvitedLevels { get; internal set; } = TeamLevels.All;

    /// <summary>Members in which role are invited.</summary>
    public TeamRoles InvitedRoles { get; internal set; } = TeamRoles.Members;

    /// <summary>When the invited list was frozen.</summary>
    public DateTime? PublishedUtc { get; internal set; }

    /// <summary>When it was opened by hand or by the clock.</summary>
    public DateTime? OpenedUtc { get; internal set; }

    /// <summary>When it was closed.</summary>
    public DateTime? ClosedUtc { get; internal set; }

    /// <summary>When time or state last changed for all who are invited; null when nothing did.</summary>
    public DateTime? ChangedUtc { get; internal set; }

    /// <summary>What <see cref="Sequence"/> became then.</summary>
    public int ChangedSequence { get; internal set; }

    /// <summary>The calendar entry's sequence: grows with each change that the invited must know of.</summary>
    public int Sequence { get; internal set; }

    /// <summary>How often it was given other times: reminders of the old times do not stand for those of the new.</summary>
    public int Postponements { get; internal set; }

    /// <summary>After when marks count, by the devices' clocks, UTC: earlier ones belong to a date that was given up. Null unless it was put off.</summary>
    public DateTime? MarksFromUtc { get; internal set; }

    /// <summary>Who closed it, by name; null while it is open and when the clock did.</summary>
    public string? ClosedBy { get; internal set; }

    /// <summary>Whether the clock closed it.</summary>
    public bool ClosedByClock { get; internal set; }

    /// <summary>Minutes after the end at which the clock closes it; null when a person does.</summary>
    public int? CloseAfterMinutes { get; internal set; }

    /// <summary>When the clock closes it: that long after the end or, where somebody opened it later, after the opening.</summary>
    public DateTime? ClosesUtc { get; internal set; }

    /// <summary>Hours after the end within which points hand in their sheets; null for no limit.</summary>
    public int? HandInHours { get; internal set; }

    /// <summary>Until when points hand in their sheets.</summary>
    public DateTime? HandInUtc { get; internal set; }

    /// <summary>When half of that time is over.</summary>
    public DateTime? HandInReminderUtc { get; internal set; }

    /// <summary>Whether it was taken over from a past list with head counts and no names.</summary>
    public bool IsImported { get; internal set; }

    /// <summary>Whether it only tries out rooms, lines and phones: attendance works as ever and counts nowhere.</summary>
    public bool IsRehearsal { get; internal set; }

    /// <summary>The session that it makes up for (R43); never one that is itself a make-up. Null for most.</summary>
    public Guid? MakeupOfId { get; internal set; }

    /// <summary>Counts the changes that check-in must know of (state, times, points), also those that no person edits.</summary>
    public int Revision { get; internal set; }

    /// <summary>The series whose theme it repeats (R38); null for a session of its own.</summary>
    public Guid? SeriesId { get; internal set; }

    /// <summary>Seats that each team has; null when only the rooms are a limit.</summary>
    public int? SeatsPerTeam { get; internal set; }

    /// <summary>Counts the answers. Whoever takes one raises it first, so that answers to one session are taken one after the other.</summary>
    public int Answers { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>The parts of the day, in order.</summary>
    public IReadOnlyList<SessionBlock> Blocks { get; internal set; } = new List<SessionBlock>();

    /// <summary>The topics it carries.</summary>
    public IReadOnlyList<SessionTopic> Topics { get; internal set; } = new List<SessionTopic>();

    /// <summary>The units whose people are invited.</summary>
    public IReadOnlyList<SessionInvite> Invites { get; internal set; } = new List<SessionInvite>();

    /// <summary>The points.</summary>
    public IReadOnlyList<SessionPoint> Points { get; internal set; } = new List<SessionPoint>();

    internal sealed class Configuration : IEntityTypeConfiguration<TrainingSession>
    {
        public void Configure(EntityTypeBuilder<TrainingSession> builder)
        {
            builder.ToTable("Sessions_Session");
            builder.Property(session => session.Code).HasMaxLength(40);
            builder.Property(session => session.Title).HasMaxLength(300);
            builder.Property(session => session.Description).HasMaxLength(4000);
            builder.Property(session => session.Reason).HasMaxLength(500);
            builder.Property(session => session.OrganizerPath).HasMaxLength(200);
            builder.Property(session => session.Organizers).HasMaxLength(500);
            builder.Property(session => session.Trainers).HasMaxLength(500);
            builder.Property(session => session.InvitedRoles).HasMaxLength(60);
            builder.Property(session => session.ClosedBy).HasMaxLength(200);
            builder.Property(session => session.Version).IsConcurrencyToken();
            // Only the database raises it; who saves the session as a whole must not put an old count back.
            builder.Property(session => session.Answers).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
            builder.HasMany(session => session.Blocks).WithOne().HasForeignKey(block => block.SessionId);
            builder.HasMany(session => session.Topics).WithOne().HasForeignKey(topic => topic.SessionId);
            builder.HasMany(session => session.Invites).WithOne().HasForeignKey(invite => invite.SessionId);
            builder.HasMany(session => session.Points).WithOne(point => point.Session).HasForeignKey(point => point.SessionId);
            builder.HasIndex(session => session.Code).IsUnique();
            builder.HasIndex(session => session.StartUtc);
            builder.HasIndex(session => session.MakeupOfId);
            builder.HasIndex(session => session.SeriesId);
        }
    }
}
