using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>Writes down who can do what.</summary>
public sealed class MasteryService(SiteDbContext db, CompletionService completions, CurrentUser user, TimeProvider clock)
{
    /// <summary>The person says which skills of the course they have.</summary>
    public Task MarkAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return completions.WriteAsync(
            personId,
            () => TickAsync(personId, course, boxes, (mastery, isTicked) => mastery.MarkedUtc = isTicked ? mastery.MarkedUtc ?? now : null, cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// A leader says which skills of the course the person has shown. What was confirmed before keeps its day and name. The caller saves, and
    /// recomputes the course.
    /// </summary>
    internal Task TakeConfirmationsAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return TickAsync(
            personId,
            course,
            boxes,
            (mastery, isTicked) => (mastery.ConfirmedUtc, mastery.ConfirmedBy) = !isTicked ? (null, null)
                : mastery.ConfirmedUtc is null ? (now, user.Name) : (mastery.ConfirmedUtc, mastery.ConfirmedBy),
            cancellationToken);
    }

    private async Task TickAsync(Guid personId, Course course, TickedBoxes boxes, Action<SkillMastery, bool> write, CancellationToken cancellationToken)
    {
        var skills = await db.Skills.AsNoTracking().Where(skill => skill.CourseId == course.Id).Select(skill => skill.Id).ToListAsync(cancellationToken);
        var known = await db.SkillMasteries.Where(mastery => mastery.PersonId == personId && mastery.Skill.CourseId == course.Id).ToDictionaryAsync(mastery => mastery.SkillId, cancellationToken);
        foreach (var skill in skills.Where(boxes.Added.Contains))
        {
            if (!known.TryGetValue(skill, out var mastery))
            {
                mastery = new() { PersonId = personId, SkillId = skill };
                db.SkillMasteries.Add(mastery);
            }

            write(mastery, true);
        }

        // The row stays: the other of the two may be writing in it at this moment.
        foreach (var mastery in boxes.TakenBack.Where(known.ContainsKey).Select(skill => known[skill]))
        {
            write(mastery, false);
        }
    }
}
