using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Certificates;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

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
        var completions = await db.Completions.AsNoTracking().NotRevoked().Where(completion => completion.PersonId == person)
            .Include(completion => completion.Course).OrderByDescending(completion => completion.CompletedUtc).ToListAsync(cancellationToken);
        var certificates = await db.Certificates.Where(certificate => certificate.Completion.PersonId == person).ToDictionaryAsync(certificate => certificate.CompletionId, certificate => certificate.Code, cancellationToken);
        var code = await db.People.Where(row => row.Id == person).Select(row => row.Code).SingleAsync(cancellationToken);
        return View(new PersonLearning(code, person == user.PersonId, completions, certificates, [.. courses.Where(course => course.IsRunning)]));
    }
}

/// <summary>One person's learning.</summary>
/// <param name="PersonCode">Whose.</param>
/// <param name="IsOwn">Whether the reader is that person.</param>
/// <param name="Completions">What is completed.</param>
/// <param name="Certificates">Codes of issued certificates, by completion.</param>
/// <param name="Running">What is begun.</param>
public sealed record PersonLearning(string PersonCode, bool IsOwn, IReadOnlyList<Completion> Completions, IReadOnlyDictionary<Guid, string> Certificates, IReadOnlyList<CourseStanding> Running);
