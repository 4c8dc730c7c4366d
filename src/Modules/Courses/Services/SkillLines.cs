using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>Finds again the skills of a checklist that was written anew as lines, so that what was confirmed of a skill stays with it when its words change.</summary>
internal static class SkillLines
{
    private const double Alike = 0.5;

    /// <summary>
    /// The row of each line, null for a new one: the row with the same text, else the one that stood in its place. Where lines came or went
    /// between two that stayed, the place says nothing; there at least half of the words must be the same.
    /// </summary>
    public static Skill?[] Match(IEnumerable<Skill> known, IReadOnlyList<string> lines)
    {
        List<Skill> skills = [.. known.OrderBy(skill => skill.Position)];
        Skill?[] rows = [.. lines.Select(line => skills.Find(skill => skill.Text == line))];
        var openLines = AfterWhatStayed(Enumerable.Range(0, lines.Count), line => rows[line]);
        var openSkills = AfterWhatStayed(skills, skill => rows.Contains(skill) ? skill : null);
        foreach (var place in openLines)
        {
            List<Skill> left = [.. openSkills[place.Key]];
            if (left.Count == place.Count())
            {
                foreach (var (line, skill) in place.Zip(left))
                {
                    rows[line] = skill;
                }

                continue;
            }

            foreach (var line in place)
            {
                if (left.MaxBy(skill => Likeness(skill.Text, lines[line])) is { } best && Likeness(best.Text, lines[line]) >= Alike)
                {
                    rows[line] = best;
                    left.Remove(best);
                }
            }
        }

        return rows;
    }

    /// <summary>What changed, by the key of the skill before it that stayed.</summary>
    private static ILookup<Guid, T> AfterWhatStayed<T>(IEnumerable<T> items, Func<T, Skill?> stayed)
    {
        var changed = new List<(Guid After, T Item)>();
        var last = Guid.Empty;
        foreach (var item in items)
        {
            if (stayed(item) is { } skill)
            {
                last = skill.Id;
            }
            else
            {
                changed.Add((last, item));
            }
        }

        return changed.ToLookup(pair => pair.After, pair => pair.Item);
    }

    private static double Likeness(string one, string other)
    {
        var (words, others) = (Words(one), Words(other));
        return (double)words.Intersect(others).Count() / words.Union(others).Count();
    }

    private static string[] Words(string text) => VietnameseText.Fold(text).Split(' ');
}

/// <summary>A skill that was taken from a checklist although people had shown it to their leaders.</summary>
/// <param name="Text">What one could do.</param>
/// <param name="Confirmations">How many people had.</param>
public sealed record DroppedSkill(string Text, int Confirmations);

/// <summary>A course as its author saved it.</summary>
/// <param name="Course">The course.</param>
/// <param name="Dropped">Skills that are no more, and with them what leaders had confirmed.</param>
public sealed record WrittenCourse(Course Course, IReadOnlyList<DroppedSkill> Dropped);
