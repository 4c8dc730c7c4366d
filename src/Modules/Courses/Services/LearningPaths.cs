using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>A published path and where one person is on it.</summary>
/// <param name="Slug">Name in addresses.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">One or two sentences.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Courses">Its published courses in order, never none.</param>
public sealed record PathStanding(string Slug, string Title, string Summary, PathAudience Audience, IReadOnlyList<CourseStanding> Courses)
{
    /// <summary>Courses completed.</summary>
    public int Completed => Courses.Count(course => course.IsCompleted);

    /// <summary>The first course that is not completed, one with something left to do before one that waits for others; null when all are completed.</summary>
    public CourseStanding? Next => Courses.Where(course => !course.IsCompleted).OrderBy(course => course.IsWaiting).FirstOrDefault();
}

/// <summary>What somebody is shown of the paths.</summary>
/// <param name="Own">The path recommended to them; null for a visitor, and when none fits.</param>
/// <param name="Others">The others that fit them; all of them when <paramref name="Own"/> is null.</param>
public sealed record PathChoice(PathStanding? Own, IReadOnlyList<PathStanding> Others);

/// <summary>Reads learning paths and finds the one that fits (R31).</summary>
public sealed class LearningPaths(SiteDbContext db, TimeProvider clock)
{
    /// <summary>The published paths by their order, over the published courses with somebody's standing.</summary>
    public async Task<List<PathStanding>> ListAsync(IReadOnlyCollection<CourseStanding> courses, CancellationToken cancellationToken)
    {
        var rows = await db.LearningPaths.AsNoTracking().Where(path => path.IsPublished)
            .OrderBy(path => path.Order).ThenBy(path => path.Slug)
            .Select(path => new { path.Slug, path.Title, path.Summary, path.Roles, path.Levels, Courses = path.Courses.OrderBy(step => step.Position).Select(step => step.CourseId).ToList() })
            .ToListAsync(cancellationToken);
        return [.. rows
            .Select(row => new PathStanding(row.Slug, row.Title, row.Summary, new(row.Roles, row.Levels), [.. row.Courses.Join(courses, id => id, course => course.Id, (_, course) => course)]))
            .Where(path => path.Courses.Count > 0)];
    }

    /// <summary>The path that fits somebody's roles of today: the one for the fewest kinds of people, then the lowest in order.</summary>
    public async Task<PathChoice> ChooseAsync(Guid? personId, IReadOnlyCollection<CourseStanding> courses, CancellationToken cancellationToken)
    {
        var paths = await ListAsync(courses, cancellationToken);
        if (personId is null || paths.Count == 0)
        {
            return new(null, paths);
        }

        var memberships = await db.Memberships.On(clock.Today()).Where(membership => membership.PersonId == personId)
            .Select(membership => new { membership.Role, membership.Team.Unit.Level }).Distinct().ToListAsync(cancellationToken);
        var fitting = paths.Where(path => memberships.Exists(membership => path.Audience.Includes(membership.Role, membership.Level)))
            .OrderBy(path => path.Audience.Breadth).ToList();
        return fitting is [var own, .. var others] ? new(own, others) : new(null, paths);
    }
}
