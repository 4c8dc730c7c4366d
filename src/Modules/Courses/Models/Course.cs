using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TrainingSite.Courses.Models;

/// <summary>Who sees a course.</summary>
public enum CourseState
{
    /// <summary>Only its authors.</summary>
    Draft,

    /// <summary>Everybody; it can be learned and completed.</summary>
    Published,

    /// <summary>No longer offered; what was completed stays.</summary>
    Archived,
}

/// <summary>How the conditions of a completion go together.</summary>
public enum CompletionMode
{
    /// <summary>One of them is enough.</summary>
    Any,

    /// <summary>All of them are needed.</summary>
    All,
}

/// <summary>When a learner is told what was right.</summary>
public enum ExplainMode
{
    /// <summary>After each answer.</summary>
    AfterEach,

    /// <summary>At the end, together with the score.</summary>
    AtEnd,
}

/// <summary>A course on one topic: lessons to read at one's own pace, skills to master, a quiz (R23, R24, R26, R32).</summary>
public sealed class Course : IVersioned
{
    internal Course()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>Its name in addresses and recipes: <c>an-toan-tren-mang</c>.</summary>
    public string Slug { get; internal set; } = "";

    /// <summary>Code of its topic.</summary>
    public string TopicCode { get; internal set; } = "";

    /// <summary>Its topic.</summary>
    public Topic Topic { get; internal set; } = null!;

    /// <summary>Title.</summary>
    public string Title { get; internal set; } = "";

    /// <summary>One or two sentences for the card.</summary>
    public string Summary { get; internal set; } = "";

    /// <summary>Who it is for, one sentence.</summary>
    public string Audience { get; internal set; } = "";

    /// <summary>What one can do afterwards, one line each.</summary>
    public string Outcomes { get; internal set; } = "";

    /// <summary>Who sees it.</summary>
    public CourseState State { get; internal set; }

    /// <summary>Whether passing the quiz counts towards completion.</summary>
    public bool QuizRequired { get; internal set; } = true;

    /// <summary>Whether attending a training session on the topic counts towards completion.</summary>
    public bool AttendanceRequired { get; internal set; } = true;

    /// <summary>Share of one session's minutes that must be attended.</summary>
    public int MinimumAttendancePercent { get; internal set; } = 80;

    /// <summary>Whether having shown all skills counts towards completion (R24).</summary>
    public bool SkillsRequired { get; internal set; }

    /// <summary>Whether a passed quiz shows all skills, so that no leader need confirm them.</summary>
    public bool QuizProvesSkills { get; internal set; }

    /// <summary>Whether having finished all lessons counts towards completion.</summary>
    public bool LessonsRequired { get; internal set; }

    /// <summary>Whether one of the conditions is enough.</summary>
    public CompletionMode CompletionMode { get; internal set; }

    /// <summary>Months that a completion holds until it must be renewed; null for ever.</summary>
    public int? ValidMonths { get; internal set; }

    /// <summary>Share of right answers that passes the quiz.</summary>
    public int PassPercent { get; internal set; } = 80;

    /// <summary>Questions drawn for one attempt.</summary>
    public int DrawCount { get; internal set; } = 10;

    /// <summary>Attempts that a person has.</summary>
    public int MaxAttempts { get; internal set; } = 5;

    /// <summary>When explanations are shown.</summary>
    public ExplainMode Explain { get; internal set; }

    /// <summary>Minutes that an attempt may take; null for as long as it needs.</summary>
    public int? TimeLimitMinutes { get; internal set; }

    /// <summary>Share of a lesson's minutes that must pass between opening and finishing it; null for the site's <c>Courses:ReadPercent</c>.</summary>
    public int? ReadPercent { get; internal set; }

    /// <summary>Path of the unit whose people it is meant for (R33); null for everybody. It recommends, it does not lock.</summary>
    public string? AreaPath { get; internal set; }

    /// <summary>The quarter whose theme it carries (R33): <c>2026-Q4</c>; null for always.</summary>
    public string? Quarter { get; internal set; }

    /// <summary>Whether a second person looks at it before it is published.</summary>
    public bool ReviewRequired { get; internal set; }

    /// <summary>The published course that this is the working copy of; null for a course itself. A working copy is a draft whose slug begins with a tilde.</summary>
    public Guid? DraftOfId { get; internal set; }

    /// <summary>When it was last changed, UTC.</summary>
    public DateTime UpdatedUtc { get; internal set; }

    /// <summary>Grows with every change of the course or of one of its lessons; what is kept in memory of them is compared with it.</summary>
    public int Revision { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>Its lessons.</summary>
    public IReadOnlyCollection<Lesson> Lessons { get; internal set; } = new List<Lesson>();

    /// <summary>Its skill checklist.</summary>
    public IReadOnlyCollection<Skill> Skills { get; internal set; } = new List<Skill>();

    /// <summary>Its questions, retired ones too.</summary>
    public IReadOnlyCollection<Question> Questions { get; internal set; } = new List<Question>();

    /// <summary>The course's name in the editors' addresses: that of the course also for its working copy.</summary>
    public string EditSlug => DraftOfId is null ? Slug : Slug[1..];

    /// <summary>Whether passing the quiz leads to completing it.</summary>
    internal bool AsksQuiz => QuizRequired || (SkillsRequired && QuizProvesSkills);

    /// <summary>What completes it.</summary>
    internal CompletionRule Rule => new(QuizRequired, AttendanceRequired, MinimumAttendancePercent, CompletionMode, SkillsRequired, ValidMonths, LessonsRequired);

    /// <summary>
    /// How many of a person's attempts count towards <see cref="MaxAttempts"/>: none on paper. Where completions end, a pass opens the count
    /// anew, so that it can be renewed in time, and none counts that is older than a completion holds.
    /// </summary>
    internal int AttemptsUsed(IReadOnlyCollection<QuizAttempt> attempts, DateTime utcNow)
    {
        var own = attempts.Where(attempt => attempt.RecordedBy is null);
        if (ValidMonths is not { } months)
        {
            return own.Count();
        }

        var passed = attempts.Where(attempt => attempt.State == AttemptState.Passed).Max(attempt => attempt.FinishedUtc);
        return own.Count(attempt => (passed is null || attempt.StartedUtc > passed) && CompletionEnd.After(attempt.StartedUtc, months) > utcNow);
    }

    /// <summary>The first of a person's passed attempts that still counts; null when there is none.</summary>
    internal QuizAttempt? PassOf(IEnumerable<QuizAttempt> attempts, DateTime utcNow) =>
        attempts.FirstOrDefault(attempt => attempt is { State: AttemptState.Passed, FinishedUtc: { } finished } && CompletionEnd.StillCounts(finished, ValidMonths, utcNow));

    internal sealed class Configuration : IEntityTypeConfiguration<Course>
    {
        public void Configure(EntityTypeBuilder<Course> builder)
        {
            builder.ToTable("Courses_Course");
            builder.Property(course => course.Slug).HasMaxLength(100);
            builder.Property(course => course.TopicCode).HasMaxLength(10);
            builder.Property(course => course.Title).HasMaxLength(200);
            builder.Property(course => course.Summary).HasMaxLength(500);
            builder.Property(course => course.Audience).HasMaxLength(300);
            builder.Property(course => course.Outcomes).HasMaxLength(2000);
            builder.Property(course => course.AreaPath).HasMaxLength(200);
            builder.Property(course => course.Quarter).HasMaxLength(10);
            builder.Property(course => course.Version).IsConcurrencyToken();
            builder.Ignore(course => course.Rule);
            builder.Ignore(course => course.AsksQuiz);
            builder.Ignore(course => course.EditSlug);
            builder.HasOne(course => course.Topic).WithMany().HasForeignKey(course => course.TopicCode).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(course => course.Slug).IsUnique();
            builder.HasIndex(course => course.TopicCode);
            builder.HasIndex(course => course.DraftOfId).IsUnique();
        }
    }
}
