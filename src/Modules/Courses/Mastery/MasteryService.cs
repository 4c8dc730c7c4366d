using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Mastery;

/// <summary>Writes down who can do what. What a leader confirms counts for completions, in the same transaction.</summary>
public sealed class MasteryService(SiteDbContext db, CompletionService completions, CurrentUser user, TimeProvider clock)
{
    /// <summary>The person says which skills of the course they have.</summary>
    public Task MarkAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return WriteAsync(personId, course, boxes, (mastery, isTicked) => mastery.MarkedUtc = isTicked ? mastery.MarkedUtc ?? now : null, () => Task.CompletedTask, cancellationToken);
    }

    /// <summary>A leader says which skills of the course the person has shown. What was confirmed before keeps its day and name.</summary>
    internal Task ConfirmAsync(Guid personId, Course course, TickedBoxes boxes, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        return WriteAsync(
            personId,
            course,
            boxes,
            (mastery, isTicked) => (mastery.ConfirmedUtc, mastery.ConfirmedBy) = !isTicked ? (null, null)
                : mastery.ConfirmedUtc is null ? (now, user.Name) : (mastery.ConfirmedUtc, mastery.ConfirmedBy),
            () => completions.RecomputeAsync(course, [personId], cancellationToken),
            cancellationToken);
    }

    private Task WriteAsync(Guid personId, Course course, TickedBoxes boxes, Action<SkillMastery, bool> write, Func<Task> beforeSaving, CancellationToken cancellationToken) =>
        completions.WriteAsync(
            personId,
            async () =>
            {
                await TickAsync(personId, course, boxes, write, cancellationToken);
                await beforeSaving();
            },
            cancellationToken);

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
