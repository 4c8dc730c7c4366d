using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.External;

/// <summary>Zones "me" and "person": accepted courses of elsewhere, and the way to write down another.</summary>
public sealed class ExternalCoursesViewComponent(SiteDbContext db, CurrentUser user, ExternalCourses courses, TimeProvider clock) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var cancellationToken = HttpContext.RequestAborted;
        if ((context.SubjectId ?? user.PersonId) is not { } person
            || (person != user.PersonId && !await db.MayViewLearningAsync(user, person, clock.Today(), cancellationToken)))
        {
            return Content("");
        }

        var code = await db.People.Where(row => row.Id == person).Select(row => row.Code).SingleAsync(cancellationToken);
        var isOwn = person == user.PersonId;
        var rows = await courses.ListAsync(person, cancellationToken);
        return View(new ExternalRecord([.. rows.Where(row => row.State == ExternalState.Accepted)], rows.Count(row => row.State == ExternalState.Submitted),
            isOwn ? "me/external-courses" : await courses.FindMemberAsync(code, cancellationToken) is null ? null : $"people/{code}/external-courses"));
    }
}

/// <summary>What a person completed elsewhere.</summary>
/// <param name="Accepted">What counts.</param>
/// <param name="Waiting">How many wait for the department.</param>
/// <param name="Address">Where another is written down; null when that is not the reader's.</param>
public sealed record ExternalRecord(IReadOnlyList<ExternalCompletion> Accepted, int Waiting, string? Address);
