using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Scorm;

/// <summary>How far the content says that the person is: <c>cmi.core.lesson_status</c> of 1.2, <c>cmi.completion_status</c> of 2004.</summary>
public enum ScormStatus
{
    /// <summary>Nothing is said yet.</summary>
    NotAttempted,

    /// <summary>2004: the content does not know.</summary>
    Unknown,

    /// <summary>Begun.</summary>
    Incomplete,

    /// <summary>1.2: looked at only.</summary>
    Browsed,

    /// <summary>Seen to the end.</summary>
    Completed,

    /// <summary>1.2: mastered.</summary>
    Passed,

    /// <summary>1.2: not mastered.</summary>
    Failed,
}

/// <summary>2004: whether the content says that the person masters it, <c>cmi.success_status</c>.</summary>
public enum ScormSuccess
{
    /// <summary>Nothing is said.</summary>
    Unknown,

    /// <summary>Mastered.</summary>
    Passed,

    /// <summary>Not mastered.</summary>
    Failed,
}

/// <summary>
/// What one part of a package remembers of one person, as the content in the person's browser says it. Nothing of it is checked by the site the way a
/// quiz is: status and score are claims. Another package in the same lesson has rows of its own.
/// </summary>
public sealed class ScormState
{
    internal ScormState()
    {
    }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>In which lesson.</summary>
    public Guid LessonId { get; internal set; }

    /// <summary>Of which package.</summary>
    public string PackageSha256 { get; internal set; } = "";

    /// <summary>Number of the part, see <see cref="ScormItem.Number"/>.</summary>
    public int Item { get; internal set; }

    /// <summary>How often it was opened; only the last opening writes.</summary>
    public int Session { get; internal set; }

    /// <summary>Number of the last save in this opening; what is not later changes nothing.</summary>
    public int Sequence { get; internal set; }

    /// <summary>How far the person is, as claimed.</summary>
    public ScormStatus Status { get; internal set; }

    /// <summary>Whether the person masters it, as claimed.</summary>
    public ScormSuccess Success { get; internal set; }

    /// <summary>Claimed points.</summary>
    public double? ScoreRaw { get; internal set; }

    /// <summary>Fewest points that there are.</summary>
    public double? ScoreMin { get; internal set; }

    /// <summary>Most points that there are.</summary>
    public double? ScoreMax { get; internal set; }

    /// <summary>Claimed share of the points, -1 to 1.</summary>
    public double? ScoreScaled { get; internal set; }

    /// <summary>Where the person stopped, in the content's own words.</summary>
    public string Location { get; internal set; } = "";

    /// <summary>What the content wants to be told when it is opened again.</summary>
    public string SuspendData { get; internal set; } = "";

    /// <summary>Whether the person means to go on: the content is told so when it is opened again.</summary>
    public bool IsSuspended { get; internal set; }

    /// <summary>Seconds of earlier openings.</summary>
    public int EarlierSeconds { get; internal set; }

    /// <summary>Seconds of this opening so far.</summary>
    public int SessionSeconds { get; internal set; }

    /// <summary>When it was first opened, UTC.</summary>
    public DateTime OpenedUtc { get; internal set; }

    /// <summary>When it was last saved, UTC.</summary>
    public DateTime SavedUtc { get; internal set; }

    /// <summary>When it was first said to be done, UTC; it stays, also when the content later says otherwise.</summary>
    public DateTime? DoneUtc { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScormState>
    {
        public void Configure(EntityTypeBuilder<ScormState> builder)
        {
            builder.ToTable("Courses_ScormState");
            builder.HasKey(state => new { state.PersonId, state.LessonId, state.PackageSha256, state.Item });
            builder.Property(state => state.PackageSha256).HasMaxLength(64);
            builder.Property(state => state.Location).HasMaxLength(ScormCommit.LongestLocation);
            builder.HasOne<Person>().WithMany().HasForeignKey(state => state.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Lesson>().WithMany().HasForeignKey(state => state.LessonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<ScormPackage>().WithMany().HasForeignKey(state => state.PackageSha256).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(state => state.LessonId);
            builder.HasIndex(state => state.PackageSha256);
        }
    }
}
