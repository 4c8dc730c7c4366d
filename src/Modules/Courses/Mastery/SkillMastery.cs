using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Mastery;

/// <summary>What is said of one person and one skill (R24): by themselves, and by whoever watched them do it. A row with neither says that both were taken back.</summary>
public sealed class SkillMastery
{
    internal SkillMastery()
    {
    }

    /// <summary>Who.</summary>
    public Guid PersonId { get; internal set; }

    /// <summary>Which skill.</summary>
    public Guid SkillId { get; internal set; }

    /// <summary>Which skill.</summary>
    public Skill Skill { get; internal set; } = null!;

    /// <summary>When the person said that they can do it, UTC; null while they do not.</summary>
    public DateTime? MarkedUtc { get; internal set; }

    /// <summary>When a leader confirmed it, UTC; null while nobody has.</summary>
    public DateTime? ConfirmedUtc { get; internal set; }

    /// <summary>Who confirmed it.</summary>
    public string? ConfirmedBy { get; internal set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SkillMastery>
    {
        public void Configure(EntityTypeBuilder<SkillMastery> builder)
        {
            builder.ToTable("Courses_SkillMastery");
            builder.HasKey(mastery => new { mastery.PersonId, mastery.SkillId });
            builder.Property(mastery => mastery.ConfirmedBy).HasMaxLength(200);
            builder.HasOne<Person>().WithMany().HasForeignKey(mastery => mastery.PersonId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne(mastery => mastery.Skill).WithMany().HasForeignKey(mastery => mastery.SkillId).OnDelete(DeleteBehavior.Cascade);
            builder.HasIndex(mastery => mastery.SkillId);
        }
    }
}

/// <summary>A person, a course and a time: of one confirmed skill or one finished lesson, or of the last of all.</summary>
internal readonly record struct StepProof(Guid PersonId, Guid CourseId, DateTime AtUtc)
{
    /// <summary>Who has done all steps of a course, and since when.</summary>
    /// <param name="done">One for each step done.</param>
    /// <param name="steps">How many steps a course has.</param>
    public static IEnumerable<StepProof> OfAll(IEnumerable<StepProof> done, IReadOnlyDictionary<Guid, int> steps) =>
        from proof in done
        group proof by (proof.PersonId, proof.CourseId) into of
        where of.Count() == steps.GetValueOrDefault(of.Key.CourseId)
        select new StepProof(of.Key.PersonId, of.Key.CourseId, of.Max(proof => proof.AtUtc));
}
