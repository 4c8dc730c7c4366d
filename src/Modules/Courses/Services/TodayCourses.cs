using TrainingSite.Courses.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Services;

/// <summary>How many of a team have completed a course.</summary>
/// <param name="Title">The course.</param>
/// <param name="Completed">Members who have completed it.</param>
/// <param name="Members">Members of the team.</param>
public sealed record TeamLine(string Title, int Completed, int Members);

/// <summary>What the parts of "Hôm nay" share: the member's standings and path are read once a request.</summary>
public sealed class TodayCourses(SiteDbContext db, CourseStandings standings, LearningPaths paths, TimeProvider clock)
{
    private List<CourseStanding>? _courses;
    private PathChoice? _paths;

    /// <summary>All courses with the person's standing.</summary>
    public async Task<List<CourseStanding>> ListAsync(Guid person, CancellationToken cancellationToken) =>
        _courses ??= await standings.ListAsync(person, cancellationToken);

    /// <summary>The path recommended to the person, and others that fit.</summary>
    public async Task<PathChoice> PathsAsync(Guid person, CancellationToken cancellationToken) =>
        _paths ??= await paths.ChooseAsync(person, await ListAsync(person, cancellationToken), cancellationToken);

    /// <summary>The course to go on with.</summary>
    public async Task<CourseStanding?> NextAsync(Guid person, CancellationToken cancellationToken) =>
        standings.Next(await ListAsync(person, cancellationToken), (await PathsAsync(person, cancellationToken)).Own);

    /// <summary>The team's line about the course that the person completed last, else the one to go on with; null without a team of at least two.</summary>
    public async Task<TeamLine?> TeamLineAsync(Guid person, CancellationToken cancellationToken)
    {
        var courses = await ListAsync(person, cancellationToken);
        var course = courses.Where(standing => standing.IsCompleted).MaxBy(standing => standing.CompletedUtc) ?? await NextAsync(person, cancellationToken);
        if (course is null)
        {
            return null;
        }

        var today = clock.Today();
        // Somebody in a commune's and a village's team hears of the village's: those they meet every day.
        var team = await db.Memberships.On(today).Where(membership => membership.PersonId == person)
            .OrderByDescending(membership => membership.Team.Unit.Path.Length).ThenBy(membership => membership.TeamId).Select(membership => (Guid?)membership.TeamId).FirstOrDefaultAsync(cancellationToken);
        var people = db.Memberships.On(today).Where(membership => membership.TeamId == team && membership.Role != TeamRole.Collaborator).Select(membership => membership.PersonId).Distinct();
        var members = await people.CountAsync(cancellationToken);
        return members < 2
            ? null
            : new(course.Title, await db.Completions.Current(clock.UtcNow()).CountAsync(completion => completion.CourseId == course.Id && people.Contains(completion.PersonId), cancellationToken), members);
    }
}
