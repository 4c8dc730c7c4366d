using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Certificates;

/// <summary>Staff see who of a unit completed a course, and have all certificates in one file, ready to print.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ViewLearning))]
[Route("certificates/unit")]
public sealed class UnitCertificateController(SiteDbContext db, UnitCertificates certificates, UnitChoices units, CurrentUser user, TimeProvider clock, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(string? course, string? unit, int page, CancellationToken cancellationToken)
    {
        var courses = await db.Courses.AsNoTracking().Where(row => row.State != CourseState.Draft).OrderBy(row => row.Topic.Order).ThenBy(row => row.Title)
            .Select(row => new CertificateCourse(row.Slug, row.Title)).ToListAsync(cancellationToken);
        var found = string.IsNullOrWhiteSpace(course) ? null : await certificates.FindAsync(course, unit, cancellationToken);
        if (found is { Succeeded: false })
        {
            ModelState.AddModelError("", found.Faults[0].Message);
        }

        return View(new UnitCertificatePage(courses, course, unit, found?.Value is { } chosen ? await certificates.ListAsync(chosen, page, cancellationToken) : null)
        {
            Units = await units.ListAsync(user.ScopeOf(Permissions.ViewLearning), clock.Today(), withProvince: true, UnitOption.Of(string.IsNullOrWhiteSpace(unit) ? null : unit.Trim(), name: null), cancellationToken),
        });
    }

    /// <summary>Streams the file, page by page.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Download(string course, string? unit, CancellationToken cancellationToken)
    {
        var found = await certificates.FindAsync(course, unit, cancellationToken);
        if (!found.Succeeded)
        {
            return RedirectToAction(nameof(Index), new { course, unit });
        }

        Response.ContentType = "application/pdf";
        Response.Headers.ContentDisposition = $"attachment; filename=\"giay-chung-nhan-{found.Value.CourseSlug}{(found.Value.UnitCode is null ? "" : $"-{found.Value.UnitCode}")}.pdf\"";
        await certificates.WriteAsync(found.Value, $"{T["Giấy chứng nhận"].Value}: {found.Value.CourseTitle}", Response.Body, cancellationToken);
        return new EmptyResult();
    }
}

/// <summary>A course to choose.</summary>
public sealed record CertificateCourse(string Slug, string Title);

/// <summary>The page.</summary>
/// <param name="Courses">Courses to choose from.</param>
/// <param name="Course">The chosen one.</param>
/// <param name="Unit">Code of the unit.</param>
/// <param name="People">Who completed it; null until a course is chosen.</param>
public sealed record UnitCertificatePage(IReadOnlyList<CertificateCourse> Courses, string? Course, string? Unit, Page<UnitCertificateRow>? People)
{
    /// <summary>Units to choose from; null when they are too many and the code is typed.</summary>
    public IReadOnlyList<UnitOption>? Units { get; init; }
}
