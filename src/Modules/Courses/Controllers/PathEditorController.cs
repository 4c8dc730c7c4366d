using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors put courses into learning paths here.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/paths/edit")]
public sealed class PathEditorController(SiteDbContext db, PathEditor editor, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) =>
        View(await db.LearningPaths.AsNoTracking().OrderBy(path => path.Order).ThenBy(path => path.Slug)
            .Select(path => new EditablePath(path.Slug, path.Title, new(path.Roles, path.Levels), path.Courses.Count, path.IsPublished))
            .ToPageAsync(page, cancellationToken: cancellationToken));

    [HttpGet("new")]
    public async Task<IActionResult> Create(CancellationToken cancellationToken)
    {
        var last = await db.LearningPaths.MaxAsync(path => (int?)path.Order, cancellationToken) ?? 0;
        return View("Edit", await PageAsync(null, new() { Order = last + 1 }, cancellationToken));
    }

    [HttpPost("new")]
    public async Task<IActionResult> Create([Bind(Prefix = "Form")] PathForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return View("Edit", await PageAsync(null, form, cancellationToken));
        }

        var result = await editor.CreateAsync(form, cancellationToken);
        if (!result.Succeeded)
        {
            return await RefuseAsync(null, form, result.Faults, cancellationToken);
        }

        notifier.Success(T["Đã tạo lộ trình “{0}”.", result.Value.Title]);
        return RedirectToAction(nameof(Edit), new { slug = result.Value.Slug });
    }

    [HttpGet("{slug}")]
    public async Task<IActionResult> Edit(string slug, CancellationToken cancellationToken)
    {
        var path = await db.LearningPaths.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        return path is null ? NotFound() : View(await PageAsync(path, await FormAsync(path, cancellationToken), cancellationToken));
    }

    [HttpPost("{slug}")]
    public async Task<IActionResult> Edit(string slug, [Bind(Prefix = "Form")] PathForm form, CancellationToken cancellationToken)
    {
        if (await db.LearningPaths.SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } path)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return View(await PageAsync(path, form, cancellationToken));
        }

        var result = await editor.UpdateAsync(path, form, cancellationToken);
        if (!result.Succeeded)
        {
            return await RefuseAsync(slug, form, result.Faults, cancellationToken);
        }

        notifier.Success(T["Đã lưu “{0}”.", result.Value.Title]);
        return RedirectToAction(nameof(Edit), new { slug });
    }

    [HttpPost("{slug}/remove")]
    public async Task<IActionResult> Remove(string slug, CancellationToken cancellationToken)
    {
        if (await db.LearningPaths.SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } path)
        {
            return NotFound();
        }

        await editor.RemoveAsync(path, cancellationToken);
        notifier.Success(T["Đã xóa lộ trình “{0}”.", path.Title]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> RefuseAsync(string? slug, PathForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var path = slug is null ? null : await db.LearningPaths.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        ModelState.AddFaults(faults, "Form.");

        var page = await PageAsync(path, form, cancellationToken);
        if (faults[0].Kind == FaultKind.Conflict && path is not null)
        {
            // The author's choice stays in the form; saving again replaces the other's change knowingly.
            Response.StatusCode = StatusCodes.Status409Conflict;
            form.Version = path.Version;
            ModelState.Remove("Form.Version");
            page = page with { Theirs = await FormAsync(path, cancellationToken) };
        }

        return View("Edit", page);
    }

    private async Task<PathEditorModel> PageAsync(LearningPath? path, PathForm form, CancellationToken cancellationToken) => new(
        path,
        form,
        await db.Courses.AsNoTracking().Where(course => course.DraftOfId == null).Where(course => course.State != CourseState.Archived || form.Courses.Contains(course.Slug))
            .OrderBy(course => course.Topic.Order).ThenBy(course => course.Title)
            .Select(course => new PathCourseChoice(course.Slug, course.Title, course.State)).ToListAsync(cancellationToken));

    private async Task<PathForm> FormAsync(LearningPath path, CancellationToken cancellationToken) => new()
    {
        Version = path.Version,
        Title = path.Title,
        Summary = path.Summary,
        Roles = [.. path.Roles.Single()],
        Levels = [.. path.Levels.Single()],
        Courses = await db.LearningPathCourses.Where(step => step.PathId == path.Id).OrderBy(step => step.Position).Select(step => (string?)step.Course.Slug).ToListAsync(cancellationToken),
        Order = path.Order,
        IsPublished = path.IsPublished,
    };
}

/// <summary>A path in the authors' list.</summary>
public sealed record EditablePath(string Slug, string Title, PathAudience Audience, int Courses, bool IsPublished);

/// <summary>A course that a path can take in.</summary>
public sealed record PathCourseChoice(string Slug, string Title, CourseState State);

/// <summary>The page where a path is put together.</summary>
/// <param name="Path">The path; null for a new one.</param>
/// <param name="Form">What the author typed.</param>
/// <param name="Choices">Courses to choose from.</param>
public sealed record PathEditorModel(LearningPath? Path, PathForm Form, IReadOnlyList<PathCourseChoice> Choices)
{
    private const int SpareCourses = 3;

    /// <summary>Places for courses: those that are taken, and some empty ones.</summary>
    public int Places => Form.Courses.FindLastIndex(slug => !string.IsNullOrEmpty(slug)) + 1 + SpareCourses;

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public PathForm? Theirs { get; init; }
}
