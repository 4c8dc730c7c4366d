using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "organizer": how many have completed each course, within the reader's scope.</summary>
public sealed class CompletionFiguresViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        var people = db.MembersFor(user, Permissions.ViewLearning, clock.Today())
            .Where(membership => membership.Role != TeamRole.Collaborator).Select(membership => membership.PersonId).Distinct();
        var courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published)
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title).Select(course => new { course.Id, course.Title, course.TopicCode }).ToListAsync(cancellationToken);
        if (courses.Count == 0)
        {
            return Content("");
        }

        var done = await db.Completions.Current(clock.UtcNow()).Where(completion => people.Contains(completion.PersonId))
            .GroupBy(completion => completion.CourseId).Select(group => new { CourseId = group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.CourseId, row => row.Count, cancellationToken);
        return View(new CompletionFigures(await people.CountAsync(cancellationToken), [.. courses.Select(course => new CourseFigure(course.Title, course.TopicCode, done.GetValueOrDefault(course.Id)))]));
    }
}

/// <summary>Figures of the reader's scope.</summary>
/// <param name="Members">Members there.</param>
/// <param name="Courses">Completions by course.</param>
public sealed record CompletionFigures(int Members, IReadOnlyList<CourseFigure> Courses);

/// <summary>How many have completed a course.</summary>
public sealed record CourseFigure(string Title, string TopicCode, int Completed);
