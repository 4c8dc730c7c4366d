using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Scorm;

/// <summary>Authors bring SCORM packages into a course, each as a lesson, replace them, and look at them before readers do.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit/{slug}")]
public sealed class PackageEditorController(SiteDbContext db, WorkingCopies copies, PackageLessons lessons, ScormPackages packages, ScormProgress progress, PackageHost host, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int MostRequestBytes = 500_000_000;

    [HttpGet("packages/new")]
    public async Task<IActionResult> Add(string slug, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course ? View(new PackageUpload(course, null)) : NotFound();

    [HttpPost("packages/new")]
    [RequestSizeLimit(MostRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MostRequestBytes)]
    public async Task<IActionResult> Add(string slug, IFormFile? file, string? title, int? minutes, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        var package = await TakeAsync(file, cancellationToken);
        if (!package.Succeeded)
        {
            return Refuse(new(course, null), package.Faults);
        }

        // What was refused above leaves no working copy behind that says nothing new.
        var working = (await copies.OpenAsync(slug, cancellationToken))!;
        var added = await lessons.AddAsync(working, package.Value, title, minutes, cancellationToken);
        if (!added.Succeeded)
        {
            return Refuse(new(working, null), added.Faults);
        }

        notifier.Success(T["Đã nhập gói “{0}” thành một bài. Xem thử rồi đăng khóa học.", added.Value.Title]);
        return RedirectToAction("Edit", "LessonEditor", new { slug, lesson = added.Value.Slug });
    }

    [HttpGet("lessons/{lesson}/package")]
    public async Task<IActionResult> Replace(string slug, string lesson, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course && await FindAsync(course, lesson, cancellationToken) is { } row ? View("Add", new PackageUpload(course, row)) : NotFound();

    [HttpPost("lessons/{lesson}/package")]
    [RequestSizeLimit(MostRequestBytes)]
    [RequestFormLimits(MultipartBodyLengthLimit = MostRequestBytes)]
    public async Task<IActionResult> Replace(string slug, string lesson, IFormFile? file, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } course || await FindAsync(course, lesson, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        var package = await TakeAsync(file, cancellationToken);
        if (!package.Succeeded)
        {
            return Refuse(new(course, row), package.Faults);
        }

        var working = (await copies.OpenAsync(slug, cancellationToken))!;
        if (await FindAsync(working, lesson, cancellationToken) is not { } target)
        {
            return NotFound();
        }

        var replaced = await lessons.ReplaceAsync(working, target, package.Value, cancellationToken);
        if (!replaced.Succeeded)
        {
            return Refuse(new(working, target), replaced.Faults);
        }

        notifier.Success(T["Đã thay gói của bài “{0}”. Người học thấy gói mới khi khóa học được đăng.", replaced.Value.Title]);
        return RedirectToAction("Edit", "LessonEditor", new { slug, lesson });
    }

    /// <summary>The package as members will see it; nothing is kept.</summary>
    [HttpGet("lessons/{lesson}/package/{number:int}")]
    public async Task<IActionResult> Preview(string slug, string lesson, int number, CancellationToken cancellationToken)
    {
        if (await FindPartAsync(slug, lesson, number, cancellationToken) is not var (row, package, part))
        {
            return NotFound();
        }

        return View("PackagePlayer", new PlayerModel(package, part, $"/courses/edit/{slug}/lessons/{lesson}", row.Title, host.Admit(HttpContext)) { IsPreview = true });
    }

    [HttpPost("lessons/{lesson}/package/{number:int}/open")]
    public async Task<IActionResult> Open(string slug, string lesson, int number, CancellationToken cancellationToken) =>
        await FindPartAsync(slug, lesson, number, cancellationToken) is not var (_, package, part) ? NotFound() : Json(progress.Start(package, part).From(host.BesideOf(Request.Host)));

    private async Task<Result<ScormPackage>> TakeAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return new Fault("package_missing", T["Hãy chọn một tệp ZIP."], "File");
        }

        await using var content = file.OpenReadStream();
        return await packages.AddAsync(content, file.FileName, cancellationToken);
    }

    private ViewResult Refuse(PackageUpload page, IReadOnlyList<Fault> faults)
    {
        ModelState.AddFaults(faults);
        return View("Add", page);
    }

    private async Task<(Lesson Row, KnownPackage Package, ScormItem Part)?> FindPartAsync(string slug, string lesson, int number, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course && await FindAsync(course, lesson, cancellationToken) is { } row
        && await packages.FindAsync(row.PackageSha256!, cancellationToken) is { } package && package.Parts.FirstOrDefault(item => item.Number == number) is { } part
            ? (row, package, part)
            : null;

    private Task<Lesson?> FindAsync(Course course, string lesson, CancellationToken cancellationToken) =>
        db.Lessons.SingleOrDefaultAsync(row => row.CourseId == course.Id && row.Slug == lesson && row.PackageSha256 != null, cancellationToken);
}

/// <summary>The page where a package is brought in.</summary>
/// <param name="Course">Into which course.</param>
/// <param name="Lesson">The lesson whose package is replaced; null for a new lesson.</param>
public sealed record PackageUpload(Course Course, Lesson? Lesson);
