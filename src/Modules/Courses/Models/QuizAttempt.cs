using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>How far an attempt is.</summary>
public enum AttemptState
{
    /// <summary>Questions are still open.</summary>
    Running,

    /// <summary>Enough answers were right.</summary>
    Passed,

    /// <summary>Not enough answers were right.</summary>
    Failed,
}

/// <summary>One person's go at a course's quiz. Which questions, in which order of options, is fixed when it starts.</summary>
public sealed class QuizAttempt : IVersioned
{
    /// <summary>How long after the shown end an answer still counts: it may have been on its way over a bad signal.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    internal QuizAttempt()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>The person's first, second … attempt at this course.</summary>
    public int Number { get; internal set; }

    /// <summary>How far it is.</summary>
    public AttemptState State { get; internal set; }

    /// <summary>The drawn questions with their answers, as JSON; read them by <see cref="ReadDraw"/>.</summary>
    public string Draw { get; internal set; } = "[]";

    /// <summary>Questions asked.</summary>
    public int Total { get; internal set; }

    /// <summary>Right answers so far.</summary>
    public int Correct { get; internal set; }

    /// <summary>Share of right answers that passes, as it was when the attempt started.</summary>
    public int PassPercent { get; internal set; }

    /// <summary>When it started, UTC.</summary>
    public DateTime StartedUtc { get; internal set; }

    /// <summary>When its time is over, UTC; null without a limit. Answers count for <see cref="Grace"/> longer.</summary>
    public DateTime? EndsUtc { get; internal set; }

    /// <summary>When the last question was answered, UTC, or the time was over.</summary>
    public DateTime? FinishedUtc { get; internal set; }

    /// <summary>Who wrote it down, when it was done on paper (R29); null when the person did it themselves.</summary>
    public string? RecordedBy { get; internal set; }

    /// <summary>When the site learned of it, UTC, where that is later than it was done: on paper, without a network, or when its time had been over; else null.</summary>
    public DateTime? RecordedUtc { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>Share of right answers, 0 to 100, rounded down: 79.9 % is not 80 %.</summary>
    public int Percent => Total == 0 ? 0 : Correct * 100 / Total;

    /// <summary>Whether it runs although its time, and the grace after it, are over.</summary>
    internal bool IsOverdue(DateTime utcNow) => State == AttemptState.Running && EndsUtc + Grace <= utcNow;

    internal IReadOnlyList<DrawnQuestion> ReadDraw() => JsonSerializer.Deserialize<List<DrawnQuestion>>(Draw, CourseJson.Options)!;

    internal static string WriteDraw(IEnumerable<DrawnQuestion> draw) => JsonSerializer.Serialize(draw.ToArray(), CourseJson.Options);

    internal sealed class Configuration : IEntityTypeConfiguration<QuizAttempt>
    {
        public void Configure(EntityTypeBuilder<QuizAttempt> builder)
        {
            builder.ToTable("Courses_QuizAttempt");
            builder.Property(attempt => attempt.RecordedBy).HasMaxLength(200);
            builder.Property(attempt => attempt.Version).IsConcurrencyToken();
            builder.Ignore(attempt => attempt.Percent);
            builder.HasOne<Person>().WithMany().HasForeignKey(attempt => attempt.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(attempt => attempt.Course).WithMany().HasForeignKey(attempt => attempt.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(attempt => new { attempt.PersonId, attempt.CourseId, attempt.Number }).IsUnique();
            // A second tab, or a second device, goes on with the running attempt instead of starting another.
            builder.HasIndex(attempt => new { attempt.PersonId, attempt.CourseId }).IsUnique().HasFilter("\"State\" = 'Running'").HasDatabaseName("IX_Courses_QuizAttempt_Running");
            builder.HasIndex(attempt => attempt.CourseId);
        }
    }
}

/// <summary>One question of an attempt.</summary>
/// <param name="Q">Key of the question (a revision).</param>
/// <param name="O">Its options in the order shown, by the author's index; of pairs the right sides, each wording once.</param>
/// <param name="A">
/// The answer, by the author's index; null while unanswered. Chosen options ascending; steps in the order given; of pairs the right side chosen
/// for each left one; of a typed answer nothing.
/// </param>
/// <param name="R">Whether the answer was right; null while unanswered.</param>
/// <param name="T">What was typed.</param>
internal sealed record DrawnQuestion(Guid Q, IReadOnlyList<int> O, IReadOnlyList<int>? A = null, bool? R = null, string? T = null);
