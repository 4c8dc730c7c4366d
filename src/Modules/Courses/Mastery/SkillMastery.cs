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

/// <summary>A person, a course and a time: of one confirmed skill, or of the last of all.</summary>
internal readonly record struct SkillProof(Guid PersonId, Guid CourseId, DateTime AtUtc)
{
    /// <summary>Who has all skills of a course confirmed, and since when.</summary>
    /// <param name="confirmed">One for each confirmed skill.</param>
    /// <param name="skills">How many skills a course has.</param>
    public static IEnumerable<SkillProof> OfAllSkills(IEnumerable<SkillProof> confirmed, IReadOnlyDictionary<Guid, int> skills) =>
        from proof in confirmed
        group proof by (proof.PersonId, proof.CourseId) into of
        where of.Count() == skills.GetValueOrDefault(of.Key.CourseId)
        select new SkillProof(of.Key.PersonId, of.Key.CourseId, of.Max(proof => proof.AtUtc));
}
