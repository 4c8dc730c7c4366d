using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zones "me" and "person": what somebody has completed, and where they are in the rest.</summary>
public sealed class PersonCompletionsViewComponent(SiteDbContext db, CurrentUser user, CourseStandings standings, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        if ((context.SubjectId ?? user.PersonId) is not { } person
            || (person != user.PersonId && !await db.MayViewLearningAsync(user, person, clock.Today(), cancellationToken)))
        {
            return Content("");
        }

        var courses = await standings.ListAsync(person, cancellationToken);
        var completions = await db.Completions.AsNoTracking().Valid().Where(completion => completion.PersonId == person)
            .Include(completion => completion.Course).OrderByDescending(completion => completion.CompletedUtc).ToListAsync(cancellationToken);
        return View(new PersonLearning(person == user.PersonId, completions, [.. courses.Where(course => course.IsRunning)]));
    }
}

/// <summary>One person's learning.</summary>
/// <param name="IsOwn">Whether the reader is that person.</param>
/// <param name="Completions">What is completed.</param>
/// <param name="Running">What is begun.</param>
public sealed record PersonLearning(bool IsOwn, IReadOnlyList<Completion> Completions, IReadOnlyList<CourseStanding> Running);
