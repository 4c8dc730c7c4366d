using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Sessions.Models;

/// <summary>How a point stands.</summary>
public enum PointState
{
    /// <summary>Nothing heard yet.</summary>
    Planned,

    /// <summary>Room, power and line are ready.</summary>
    Ready,

    /// <summary>Takes part.</summary>
    Connected,

    /// <summary>Takes part since later than the start.</summary>
    Late,

    /// <summary>Took part and dropped out.</summary>
    Lost,

    /// <summary>Does not take part; there is a reason (R41).</summary>
    Absent,
}

/// <summary>
/// A linked venue (điểm cầu) of a session. Not tied one to one to communes: the hall of the department belongs to none, a commune
/// may have two (R37).
/// </summary>
public sealed class SessionPoint : IVersioned
{
    internal SessionPoint()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>The session.</summary>
    public TrainingSession Session { get; internal set; } = null!;

    /// <summary>Code within the session: <c>PT-001</c>.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>The unit that it serves; null for a hall of the whole.</summary>
    public Guid? UnitId { get; internal set; }

    /// <summary>The unit that it serves.</summary>
    public AdministrativeUnit? Unit { get; internal set; }

    /// <summary>Path of that unit, or of the session's organizer where there is none: who may act here.</summary>
    public string Path { get; internal set; } = "";

    /// <summary>Name: "Điểm cầu UBND phường Chiềng Lề".</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Where to come to; null when people join by link only.</summary>
    public string? Venue { get; internal set; }

    /// <summary>Seats; null when nobody counted.</summary>
    public int? Capacity { get; internal set; }

    /// <summary>Link of the meeting room.</summary>
    public string? Link { get; internal set; }

    /// <summary>When its place or link last changed for those already invited there; null when nothing did.</summary>
    public DateTime? ChangedUtc { get; internal set; }

    /// <summary>What the session's <see cref="TrainingSession.Sequence"/> became then.</summary>
    public int ChangedSequence { get; internal set; }

    /// <summary>How it stands.</summary>
    public PointState State { get; internal set; }

    /// <summary>Reason of the state, from <see cref="AbsenceReason"/>.</summary>
    public string? ReasonCode { get; internal set; }

    /// <summary>Reason in words.</summary>
    public string? ReasonText { get; internal set; }

    /// <summary>People counted in the room (R40); null when nobody counted.</summary>
    public int? HeadCount { get; internal set; }

    /// <summary>People counted on the line; null when nobody counted.</summary>
    public int? OnlineCount { get; internal set; }

    /// <summary>Teams present as reported, for past sessions without names.</summary>
    public int? TeamsPresent { get; internal set; }

    /// <summary>People invited as reported, for past sessions without names.</summary>
    public int? ReportedInvited { get; internal set; }

    /// <summary>When its attendance sheet was closed; null while it is open.</summary>
    public DateTime? ClosedUtc { get; internal set; }

    /// <summary>Who closed it.</summary>
    public string? ClosedBy { get; internal set; }

    /// <summary>What its rotating codes are made from; null until its screen is first opened. Internal: it leaves the server in no form.</summary>
    internal byte[]? CodeSeed { get; set; }

    /// <summary>Hours after the end within which this point hands in its sheet; null for those of the session.</summary>
    public int? HandInHours { get; internal set; }

    /// <summary>Until when this point hands in its sheet; null for the session's time.</summary>
    public DateTime? HandInUtc { get; internal set; }

    /// <summary>When half of that time is over.</summary>
    public DateTime? HandInReminderUtc { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>The people who look after it.</summary>
    public IReadOnlyList<PointCoordinator> Coordinators { get; internal set; } = new List<PointCoordinator>();

    internal sealed class Configuration : IEntityTypeConfiguration<SessionPoint>
    {
        public void Configure(EntityTypeBuilder<SessionPoint> builder)
        {
            builder.ToTable("Sessions_Point");
            builder.Property(point => point.Code).HasMaxLength(40);
            builder.Property(point => point.Path).HasMaxLength(200);
            builder.Property(point => point.Name).HasMaxLength(300);
            builder.Property(point => point.Venue).HasMaxLength(300);
            builder.Property(point => point.Link).HasMaxLength(500);
            builder.Property(point => point.ReasonCode).HasMaxLength(30);
            builder.Property(point => point.ReasonText).HasMaxLength(500);
            builder.Property(point => point.ClosedBy).HasMaxLength(200);
            builder.Property(point => point.CodeSeed).HasMaxLength(32);
            builder.Property(point => point.Version).IsConcurrencyToken();
            builder.HasOne(point => point.Unit).WithMany().HasForeignKey(point => point.UnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasMany(point => point.Coordinators).WithOne().HasForeignKey(coordinator => coordinator.PointId);
            builder.HasIndex(point => new { point.SessionId, point.Code }).IsUnique();
            builder.HasIndex(point => point.UnitId);
        }
    }
}

/// <summary>An account that looks after a point, whatever its other rights.</summary>
public sealed class PointCoordinator
{
    internal PointCoordinator()
    {
    }

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>The account.</summary>
    public Guid UserId { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PointCoordinator>
    {
        public void Configure(EntityTypeBuilder<PointCoordinator> builder)
        {
            builder.ToTable("Sessions_PointCoordinator");
            builder.HasKey(coordinator => new { coordinator.PointId, coordinator.UserId });
            builder.HasOne<SiteUser>().WithMany().HasForeignKey(coordinator => coordinator.UserId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(coordinator => coordinator.UserId);
        }
    }
}

/// <summary>One change of a point's state; rows are only added.</summary>
public sealed class PointStateChange
{
    internal PointStateChange()
    {
    }

    /// <summary>Key; of a report from a device its own, so that sending it twice changes nothing.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>The point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>When; of a report from a device by its clock as far as that was right, never later than the receipt.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>When the server got a report from a device; null for what was said on a page.</summary>
    public DateTime? ReceivedUtc { get; internal set; }

    /// <summary>The device; null for what was said on a page.</summary>
    public string? Device { get; internal set; }

    /// <summary>People counted in the room, when the report says so.</summary>
    public int? HeadCount { get; internal set; }

    /// <summary>People counted on the line, when the report says so.</summary>
    public int? OnlineCount { get; internal set; }

    /// <summary>Account that changed it; null for the system.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>Its name at that time.</summary>
    public string UserName { get; internal set; } = "";

    /// <summary>State before.</summary>
    public PointState From { get; internal set; }

    /// <summary>State after.</summary>
    public PointState To { get; internal set; }

    /// <summary>Reason from the list.</summary>
    public string? ReasonCode { get; internal set; }

    /// <summary>Reason in words.</summary>
    public string? ReasonText { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PointStateChange>
    {
        public void Configure(EntityTypeBuilder<PointStateChange> builder)
        {
            builder.ToTable("Sessions_PointStateChange");
            builder.Property(change => change.UserName).HasMaxLength(200);
            builder.Property(change => change.Device).HasMaxLength(60);
            builder.Property(change => change.ReasonCode).HasMaxLength(30);
            builder.Property(change => change.ReasonText).HasMaxLength(500);
            builder.HasOne<SessionPoint>().WithMany().HasForeignKey(change => change.PointId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(change => change.PointId);
        }
    }
}

/// <summary>A reason why a point or a commune is absent, to choose from (R41).</summary>
public sealed class AbsenceReason
{
    /// <summary>Code of "another reason", which is given in words.</summary>
    public const string Other = "khac";

    internal AbsenceReason()
    {
    }

    /// <summary>Code: <c>mat-dien</c>.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Words: "mất điện".</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Position in the list.</summary>
    public int Order { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AbsenceReason>
    {
        public void Configure(EntityTypeBuilder<AbsenceReason> builder)
        {
            builder.ToTable("Sessions_AbsenceReason");
            builder.HasKey(reason => reason.Code);
            builder.Property(reason => reason.Code).HasMaxLength(30);
            builder.Property(reason => reason.Name).HasMaxLength(200);
        }
    }
}
