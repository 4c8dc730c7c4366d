using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Offline;

/// <summary>
/// Questions drawn beforehand for one attempt without a network. The device gets the questions and never what is right; an attempt that was answered
/// there is counted by what the paper says was asked. A paper that was not handed in takes no attempt.
/// </summary>
public sealed class QuizPaper : IVersioned
{
    internal QuizPaper()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; internal set; } = Guid.CreateVersion7();

    /// <summary>For whom.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Of which course.</summary>
    public Guid CourseId { get; internal set; }

    /// <summary>The device that keeps it, by its own name.</summary>
    public string Device { get; internal set; } = "";

    /// <summary>The drawn questions as JSON, in the shape of <see cref="QuizAttempt.Draw"/>.</summary>
    public string Draw { get; internal set; } = "[]";

    /// <summary>Questions asked.</summary>
    public int Total { get; internal set; }

    /// <summary>Share of right answers that passes, as it was when the paper was made.</summary>
    public int PassPercent { get; internal set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTime CreatedUtc { get; internal set; }

    /// <summary>The attempt that it became; null while it was not handed in.</summary>
    public Guid? AttemptId { get; internal set; }

    /// <inheritdoc />
    public int Version { get; internal set; }

    /// <summary>The attempt that begins with it, as pages show it.</summary>
    internal QuizAttempt ToAttempt() => new() { Id = Id, PersonId = PersonId, CourseId = CourseId, Draw = Draw, Total = Total, PassPercent = PassPercent, StartedUtc = CreatedUtc };

    internal sealed class Configuration : IEntityTypeConfiguration<QuizPaper>
    {
        public void Configure(EntityTypeBuilder<QuizPaper> builder)
        {
            builder.ToTable("Courses_QuizPaper");
            builder.Property(paper => paper.Device).HasMaxLength(60);
            builder.Property(paper => paper.Version).IsConcurrencyToken();
            builder.HasOne<Person>().WithMany().HasForeignKey(paper => paper.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Course>().WithMany().HasForeignKey(paper => paper.CourseId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(paper => new { paper.PersonId, paper.CourseId });
            builder.HasIndex(paper => paper.CourseId);
        }
    }
}
