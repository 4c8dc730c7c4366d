using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>
/// That a person has completed a course, and the facts that say so. When the facts are corrected away it is revoked and stays as history;
/// facts that come back make a new one. So the past can be asked as of any day.
/// </summary>
public sealed class Completion
{
    internal Completion()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>Which course.</summary>
    public Course Course { get; internal set; } = null!;

    /// <summary>The course's topic when it was completed.</summary>
    public string TopicCode { get; internal set; } = "";

    /// <summary>When the facts completed it, UTC: a quiz's end, or the beginning of the day of a session.</summary>
    public DateTime CompletedUtc { get; internal set; }

    /// <summary>When that was recorded, UTC.</summary>
    public DateTime RecordedUtc { get; internal set; }

    /// <summary>The facts it rests on, as JSON; read them by <see cref="ReadBasis"/>.</summary>
    public string Basis { get; internal set; } = "[]";

    /// <summary>Since when it no longer holds, UTC; null while it does.</summary>
    public DateTime? RevokedUtc { get; internal set; }

    /// <summary>When it ends, UTC: the midnight in Vietnam after its last day; null for never. Facts that complete the course anew move it on.</summary>
    public DateTime? ExpiresUtc { get; internal set; }

    /// <summary>Since when it holds again, UTC, after it had ended and was renewed only later; null when it never did. The times before are rows of their own, revoked when it was renewed.</summary>
    public DateTime? ResumedUtc { get; internal set; }

    /// <summary>Whether this is such a time before: it had ended by itself when it was closed.</summary>
    internal bool IsEarlier => RevokedUtc >= ExpiresUtc;

    /// <summary>The facts it rests on, earliest first.</summary>
    public IReadOnlyList<CompletionFact> ReadBasis() => ReadBasis(Basis);

    internal static IReadOnlyList<CompletionFact> ReadBasis(string basis) => JsonSerializer.Deserialize<List<CompletionFact>>(basis, CourseJson.Options)!;

    internal static string WriteBasis(IEnumerable<CompletionFact> facts) => JsonSerializer.Serialize(facts.ToArray(), CourseJson.Options);

    internal sealed class Configuration : IEntityTypeConfiguration<Completion>
    {
        public void Configure(EntityTypeBuilder<Completion> builder)
        {
            builder.ToTable("Courses_Completion");
            builder.Property(completion => completion.TopicCode).HasMaxLength(10);
            builder.Ignore(completion => completion.IsEarlier);
            builder.HasOne<Person>().WithMany().HasForeignKey(completion => completion.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(completion => completion.Course).WithMany().HasForeignKey(completion => completion.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(completion => new { completion.PersonId, completion.CourseId }).IsUnique().HasFilter("\"RevokedUtc\" IS NULL").HasDatabaseName("IX_Courses_Completion_Valid");
            builder.HasIndex(completion => completion.PersonId);
            builder.HasIndex(completion => completion.CourseId);
            // The sweep of reminders asks each minute what ends soon; most completions never end and are not in it.
            builder.HasIndex(completion => completion.ExpiresUtc).HasFilter("\"ExpiresUtc\" IS NOT NULL").HasDatabaseName("IX_Courses_Completion_Expiring");
        }
    }
}
