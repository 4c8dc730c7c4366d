using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>Writes down who can do what. What a leader confirms counts for completions, in the same transaction.</summary>
public sealed class MasteryService(SiteDbContext db, CompletionService completions, CurrentUser user, TimeProvider clock)
{
    /// <summary>The person says which skills of the course they have; those not named are taken back.</summary>
    public Task MarkAsync(Guid personId, Course course, IReadOnlyCollection<Guid> skills, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return WriteAsync(personId, course, (mastery, skill) => mastery.MarkedUtc = skills.Contains(skill) ? mastery.MarkedUtc ?? now : null, cancellationToken);
    }

    /// <summary>A leader says which skills of the course the person has shown; those not named are taken back. What was confirmed before keeps its day and name.</summary>
    internal Task ConfirmAsync(Guid personId, Course course, IReadOnlyCollection<Guid> skills, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return WriteAsync(
            personId,
            course,
            (mastery, skill) => (mastery.ConfirmedUtc, mastery.ConfirmedBy) = !skills.Contains(skill) ? (null, null)
                : mastery.ConfirmedUtc is null ? (now, user.Name) : (mastery.ConfirmedUtc, mastery.ConfirmedBy),
            cancellationToken);
    }

    private async Task WriteAsync(Guid personId, Course course, Action<SkillMastery, Guid> write, CancellationToken cancellationToken)
    {
        for (var again = 2; ; again--)
        {
            var skills = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).Select(skill => skill.Id).ToListAsync(cancellationToken);
            var known = await db.SkillMasteries.Where(mastery => mastery.PersonId == personId && mastery.Skill.CourseId == course.Id).ToDictionaryAsync(mastery => mastery.SkillId, cancellationToken);
            foreach (var skill in skills)
            {
                var mastery = known.GetValueOrDefault(skill) ?? new SkillMastery { PersonId = personId, SkillId = skill };
                write(mastery, skill);
                var isSaid = mastery.MarkedUtc is not null || mastery.ConfirmedUtc is not null;
                if (isSaid && !known.ContainsKey(skill))
                {
                    db.SkillMasteries.Add(mastery);
                }
                else if (!isSaid && known.ContainsKey(skill))
                {
                    db.SkillMasteries.Remove(mastery);
                }
            }

            await completions.RecomputeAsync(course, [personId], cancellationToken);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException) when (again > 0)
            {
                // The person and their leader pressed in the same moment: both words stand, this one on top of the other.
                db.ChangeTracker.Clear();
            }
        }
    }
}
