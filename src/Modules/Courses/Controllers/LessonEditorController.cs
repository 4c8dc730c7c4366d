using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors write lessons here: Markdown, with a preview of exactly what members will read.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit/{slug}/lessons")]
public sealed class LessonEditorController(SiteDbContext db, WorkingCopies copies, LessonEditor editor, LessonRenderer renderer, LessonMedia media, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("new")]
    public async Task<IActionResult> Create(string slug, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        var count = await db.Lessons.CountAsync(lesson => lesson.CourseId == course.Id, cancellationToken);
        return View("Edit", new LessonEditorModel(course, null, new() { Position = count + 1 }));
    }

    [HttpGet("{lesson}")]
    public async Task<IActionResult> Edit(string slug, string lesson, CancellationToken cancellationToken) =>
        await copies.FindAsync(slug, cancellationToken) is { } course && await LessonAsync(course, lesson, cancellationToken) is { } row
            ? View(new LessonEditorModel(course, row, Form(row)))
            : NotFound();

    [HttpPost("new")]
    public Task<IActionResult> Create(string slug, [Bind(Prefix = "Form")] LessonForm form, string? preview, CancellationToken cancellationToken) =>
        SaveAsync(slug, null, form, preview is not null, cancellationToken);

    [HttpPost("{lesson}")]
    public Task<IActionResult> Edit(string slug, string lesson, [Bind(Prefix = "Form")] LessonForm form, string? preview, CancellationToken cancellationToken) =>
        SaveAsync(slug, lesson, form, preview is not null, cancellationToken);

    /// <summary>The preview alone, for the page's script.</summary>
    [HttpPost("preview")]
    public async Task<IActionResult> Preview([Bind(Prefix = "Form")] LessonForm form, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return PartialView("_Preview", await RenderAsync(form, cancellationToken));
    }

    [HttpPost("{lesson}/remove")]
    public async Task<IActionResult> Remove(string slug, string lesson, CancellationToken cancellationToken)
    {
        if (await copies.OpenAsync(slug, cancellationToken) is not { } course || await LessonAsync(course, lesson, cancellationToken) is not { } row)
        {
            return NotFound();
        }

        var result = await editor.RemoveAsync(course, row, cancellationToken);
        if (!result.Succeeded)
        {
            notifier.Error(result.Faults[0].Message);
            return RedirectToAction(nameof(Edit), new { slug, lesson });
        }

        notifier.Success(T["Đã xóa bài “{0}”.", row.Title]);
        return RedirectToAction("Edit", "CourseEditor", new { slug });
    }

    private async Task<IActionResult> SaveAsync(string slug, string? lesson, LessonForm form, bool preview, CancellationToken cancellationToken)
    {
        // What is refused below leaves no working copy behind that says nothing new.
        var writes = !preview && ModelState.IsValid;
        if (await (writes ? copies.OpenAsync(slug, cancellationToken) : copies.FindAsync(slug, cancellationToken)) is not { } course)
        {
            return NotFound();
        }

        var row = lesson is null ? null : await LessonAsync(course, lesson, cancellationToken);
        if (lesson is not null && row is null)
        {
            // Nothing that was typed is lost: it may be saved as a new lesson.
            ModelState.Clear();
            ModelState.AddModelError("", T["Có người vừa xóa bài này. Phần bạn viết vẫn ở dưới; bấm Lưu thì thành một bài mới."]);
            Response.StatusCode = StatusCodes.Status409Conflict;
            return View("Edit", new LessonEditorModel(course, null, form));
        }

        if (preview)
        {
            ModelState.Clear();
            return View("Edit", new LessonEditorModel(course, row, form) { Preview = await RenderAsync(form, cancellationToken) });
        }

        if (!ModelState.IsValid)
        {
            return View("Edit", new LessonEditorModel(course, row, form));
        }

        var result = await editor.WriteAsync(course, row, form, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(T["Đã lưu bài “{0}”.", result.Value.Title]);
            return RedirectToAction(nameof(Edit), new { slug, lesson = result.Value.Slug });
        }

        ModelState.AddFaults(result.Faults, "Form.");
        db.ChangeTracker.Clear();
        // What was written to may have been published meanwhile.
        course = await copies.FindAsync(slug, cancellationToken) ?? course;
        var page = new LessonEditorModel(course, row, form);
        if (result.Faults[0].Kind == FaultKind.Conflict && lesson is not null && await LessonAsync(course, lesson, cancellationToken) is { } theirs)
        {
            // The author's text stays in the form; saving again replaces the other's change knowingly.
            Response.StatusCode = StatusCodes.Status409Conflict;
            form.Version = theirs.Version;
            ModelState.Remove("Form.Version");
            page = page with { Theirs = theirs };
        }

        return View("Edit", page);
    }

    private async Task<RenderedLesson> RenderAsync(LessonForm form, CancellationToken cancellationToken)
    {
        var markdown = form.Markdown ?? "";
        return renderer.Render(markdown, await media.FindAsync([markdown], cancellationToken));
    }

    private Task<Lesson?> LessonAsync(Course course, string lesson, CancellationToken cancellationToken) =>
        db.Lessons.SingleOrDefaultAsync(row => row.CourseId == course.Id && row.Slug == lesson, cancellationToken);

    private static LessonForm Form(Lesson lesson) => new()
    {
        Version = lesson.Version,
        Title = lesson.Title,
        Slug = lesson.Slug,
        Summary = lesson.Summary,
        Minutes = lesson.Minutes,
        Position = lesson.Position,
        Markdown = lesson.Markdown,
    };
}

/// <summary>The page where a lesson is written.</summary>
/// <param name="Course">Its course.</param>
/// <param name="Lesson">The lesson; null for a new one.</param>
/// <param name="Form">What the author typed.</param>
public sealed record LessonEditorModel(Course Course, Lesson? Lesson, LessonForm Form)
{
    /// <summary>The preview that the author asked for.</summary>
    public RenderedLesson? Preview { get; init; }

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public Lesson? Theirs { get; init; }
}
