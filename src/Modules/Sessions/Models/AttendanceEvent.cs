using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Sessions.Models;

/// <summary>What an event says.</summary>
public enum AttendanceKind
{
    /// <summary>Is there.</summary>
    In,

    /// <summary>Has gone.</summary>
    Out,

    /// <summary>Came late.</summary>
    Late,

    /// <summary>Left before the end.</summary>
    LeftEarly,

    /// <summary>Is not there.</summary>
    Absent,

    /// <summary>Is not there and has asked before.</summary>
    Excused,

    /// <summary>What was said before is wrong; this is right.</summary>
    Correction,
}

/// <summary>How the mark came about.</summary>
public enum AttendanceMethod
{
    /// <summary>Ticked on the list.</summary>
    Roster,

    /// <summary>The person's card was scanned.</summary>
    Card,

    /// <summary>The person scanned the point's code.</summary>
    Self,

    /// <summary>The person typed the point's code.</summary>
    Code,

    /// <summary>Entered from a paper list.</summary>
    Paper,

    /// <summary>From a file.</summary>
    Import,
}

/// <summary>What a person should look at in an event that was taken all the same.</summary>
public enum AttendanceFlag
{
    /// <summary>The person marked themselves with the code of a point to which they are not invited.</summary>
    WrongRoom,

    /// <summary>Marked by a device without signal after the session or the sheet was closed, which it could not know.</summary>
    AfterClosing,
}

/// <summary>One fact about one person, as a device told it. The log only grows; <see cref="Attendance"/> is folded from it.</summary>
public sealed class AttendanceEvent
{
    internal AttendanceEvent()
    {
    }

    /// <summary>Key, made by the device: sending an event twice changes nothing.</summary>
    public Guid Id { get; internal set; }

    /// <summary>The session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who it is about.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>At which point.</summary>
    public Guid PointId { get; internal set; }

    /// <summary>What it says.</summary>
    public AttendanceKind Kind { get; internal set; }

    /// <summary>For a correction: what is right; null takes earlier marks back.</summary>
    public AttendanceStatus? Status { get; internal set; }

    /// <summary>How the mark came about.</summary>
    public AttendanceMethod Method { get; internal set; }

    /// <summary>When, by the device's clock.</summary>
    public DateTime AtUtc { get; internal set; }

    /// <summary>When the server got it.</summary>
    public DateTime ReceivedUtc { get; internal set; }

    /// <summary>The account that told it; null for the system.</summary>
    public Guid? UserId { get; internal set; }

    /// <summary>The device that told it.</summary>
    public string Device { get; internal set; } = "";

    /// <summary>Number of the block; null for the whole session.</summary>
    public int? Block { get; internal set; }

    /// <summary>Minutes late, minutes missed at the end or, in a correction, minutes attended.</summary>
    public int? Minutes { get; internal set; }

    /// <summary>Words.</summary>
    public string? Note { get; internal set; }

    /// <summary>What a person should look at; null for most. Decided once, when the server took the event, so that the log alone tells everything.</summary>
    public AttendanceFlag? Flag { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AttendanceEvent>
    {
        public void Configure(EntityTypeBuilder<AttendanceEvent> builder)
        {
            builder.ToTable("Sessions_AttendanceEvent");
            builder.Property(fact => fact.Id).ValueGeneratedNever();
            builder.Property(fact => fact.Device).HasMaxLength(60);
            builder.Property(fact => fact.Note).HasMaxLength(500);
            // The only reference, with the only index that every row is in: the log takes thousands of rows a second, and the writer has checked the point and the account.
            builder.HasOne<Invitation>().WithMany().HasForeignKey(fact => new { fact.SessionId, fact.PersonId }).OnDelete(DeleteBehavior.Cascade)
                .HasConstraintName("FK_Sessions_AttendanceEvent_Sessions_Invitation");
            // Only the few that a person must look at are in it, so the others cost nothing.
            builder.HasIndex(fact => new { fact.SessionId, fact.Flag }).HasFilter("\"Flag\" IS NOT NULL");
        }
    }
}
