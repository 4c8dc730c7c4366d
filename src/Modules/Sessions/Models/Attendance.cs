using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.Models;

/// <summary>Whether a person took part.</summary>
public enum AttendanceStatus
{
    /// <summary>Nothing stands: earlier marks were taken back.</summary>
    Unmarked,

    /// <summary>Was there.</summary>
    Present,

    /// <summary>Was there, but came late.</summary>
    Late,

    /// <summary>Was there, but left before the end.</summary>
    LeftEarly,

    /// <summary>Was not there.</summary>
    Absent,

    /// <summary>Was not there and had asked before.</summary>
    Excused,
}

/// <summary>Where a person stands in a session now: folded from the events by <see cref="Services.AttendanceFold"/>, never edited.</summary>
public sealed class Attendance
{
    internal Attendance()
    {
    }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>The point of the latest event.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>Whether the person took part.</summary>
    public AttendanceStatus Status { get; internal set; }

    /// <summary>Minutes attended.</summary>
    public int Minutes { get; internal set; }

    /// <summary>First time in.</summary>
    public DateTime? FirstInUtc { get; internal set; }

    /// <summary>Last time out; null when the person stayed.</summary>
    public DateTime? LastOutUtc { get; internal set; }

    /// <summary>How the latest mark came about.</summary>
    public AttendanceMethod Method { get; internal set; }

    /// <summary>Whether two devices disagree; a correction settles it.</summary>
    public bool HasConflict { get; internal set; }

    /// <summary>Number of events it is folded from; grows with each, so that two writers notice each other.</summary>
    public int EventCount { get; internal set; }

    /// <summary>When it last changed.</summary>
    public DateTime UpdatedUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Attendance>
    {
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("Sessions_Attendance");
            builder.HasKey(attendance => new { attendance.SessionId, attendance.PersonId });
            builder.HasOne<Invitation>().WithOne().HasForeignKey<Attendance>(attendance => new { attendance.SessionId, attendance.PersonId }).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(attendance => attendance.SessionId).HasFilter("\"HasConflict\"");
        }
    }
}
