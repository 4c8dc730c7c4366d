using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>
/// That a person attended a training session on a topic for so many of its minutes. Told by whoever keeps the attendance,
/// through <see cref="Services.CompletionService.RecordAttendanceAsync"/>; one of the facts that a completion rests on.
/// </summary>
public sealed class AttendanceCredit
{
    internal AttendanceCredit()
    {
    }

    /// <summary>Key of the session.</summary>
    public Guid SessionId { get; internal set; }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>A topic of the session.</summary>
    public string TopicCode { get; internal set; } = "";

    /// <summary>The session's code, for people.</summary>
    public string SessionCode { get; internal set; } = "";

    /// <summary>The session's day in Vietnam.</summary>
    public DateOnly Date { get; internal set; }

    /// <summary>Minutes attended, at least 1.</summary>
    public int AttendedMinutes { get; internal set; }

    /// <summary>Minutes that the session lasted.</summary>
    public int TotalMinutes { get; internal set; }

    /// <summary>Share attended, 0 to 100, rounded down.</summary>
    public int Percent => TotalMinutes <= 0 ? 0 : Math.Min(100, AttendedMinutes * 100 / TotalMinutes);

    /// <summary>What is now true of one person and one session.</summary>
    /// <param name="SessionId">Key of the session.</param>
    /// <param name="SessionCode">Its code.</param>
    /// <param name="PersonId">Who.</param>
    /// <param name="Date">The session's day in Vietnam.</param>
    /// <param name="Topics">All topics of the session; credits for others of the same session are withdrawn.</param>
    /// <param name="AttendedMinutes">Minutes attended; 0 withdraws the credit.</param>
    /// <param name="TotalMinutes">Minutes that the session lasted.</param>
    public sealed record Change(Guid SessionId, string SessionCode, Guid PersonId, DateOnly Date, IReadOnlyList<string> Topics, int AttendedMinutes, int TotalMinutes);

    internal sealed class Configuration : IEntityTypeConfiguration<AttendanceCredit>
    {
        public void Configure(EntityTypeBuilder<AttendanceCredit> builder)
        {
            builder.ToTable("Courses_AttendanceCredit");
            builder.HasKey(credit => new { credit.SessionId, credit.PersonId, credit.TopicCode });
            builder.Property(credit => credit.TopicCode).HasMaxLength(10);
            builder.Property(credit => credit.SessionCode).HasMaxLength(60);
            builder.Ignore(credit => credit.Percent);
            builder.HasOne<Person>().WithMany().HasForeignKey(credit => credit.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(credit => new { credit.PersonId, credit.TopicCode });
        }
    }
}
