using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors write courses here.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit")]
public sealed class CourseEditorController(SiteDbContext db, CourseEditor editor, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) =>
        View(await db.Courses.AsNoTracking().OrderBy(course => course.Topic.Order).ThenBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new EditableCourse(course.Slug, course.Title, course.TopicCode, course.State, course.Lessons.Count, course.Questions.Count(question => question.RetiredUtc == null), course.UpdatedUtc))
            .ToPageAsync(page, cancellationToken: cancellationToken));

    [HttpGet("new")]
    public async Task<IActionResult> Create(CancellationToken cancellationToken) =>
        View("Edit", await PageAsync(null, new() { QuizRequired = true, AttendanceRequired = true }, cancellationToken));

    [HttpPost("new")]
    public async Task<IActionResult> Create([Bind(Prefix = "Form")] CourseForm form, CancellationToken cancellationToken)
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

        notifier.Success(T["Đã tạo bản nháp “{0}”. Tiếp theo: thêm bài học.", result.Value.Title]);
        return RedirectToAction(nameof(Edit), new { slug = result.Value.Slug });
    }

    [HttpGet("{slug}")]
    public async Task<IActionResult> Edit(string slug, CancellationToken cancellationToken)
    {
        var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        return course is null ? NotFound() : View(await PageAsync(course, await FormAsync(course, cancellationToken), cancellationToken));
    }

    [HttpPost("{slug}")]
    public async Task<IActionResult> Edit(string slug, [Bind(Prefix = "Form")] CourseForm form, CancellationToken cancellationToken)
    {
        if (await db.Courses.SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return View(await PageAsync(course, form, cancellationToken));
        }

        var result = await editor.UpdateAsync(course, form, cancellationToken);
        if (!result.Succeeded)
        {
            return await RefuseAsync(slug, form, result.Faults, cancellationToken);
        }

        notifier.Success(T["Đã lưu “{0}”.", result.Value.Title]);
        return RedirectToAction(nameof(Edit), new { slug });
    }

    /// <summary>Publishes, takes back or archives.</summary>
    [HttpPost("{slug}/state")]
    public async Task<IActionResult> State(string slug, CourseState state, CancellationToken cancellationToken)
    {
        if (await db.Courses.SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) is not { } course)
        {
            return NotFound();
        }

        var result = await editor.SetStateAsync(course, state, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(state switch
            {
                CourseState.Draft => T["Đã gỡ “{0}” xuống thành bản nháp. Kết quả đã có vẫn được giữ.", course.Title],
                CourseState.Published => T["Đã đăng “{0}”. Mọi người thấy khóa học từ bây giờ.", course.Title],
                CourseState.Archived => T["Đã cất “{0}”. Ai đã hoàn thành vẫn được giữ kết quả.", course.Title],
            });
        }
        else
        {
            notifier.Error(result.Faults[0].Message);
        }

        return RedirectToAction(nameof(Edit), new { slug });
    }

    private async Task<IActionResult> RefuseAsync(string? slug, CourseForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var course = slug is null ? null : await db.Courses.AsNoTracking().SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        ModelState.AddFaults(faults, "Form.");

        var page = await PageAsync(course, form, cancellationToken);
        if (faults[0].Kind == FaultKind.Conflict && course is not null)
        {
            // The author's text stays in the form; saving again replaces the other's change knowingly.
            Response.StatusCode = StatusCodes.Status409Conflict;
            form.Version = course.Version;
            ModelState.Remove("Form.Version");
            page = page with { Theirs = await FormAsync(course, cancellationToken) };
        }

        return View("Edit", page);
    }

    private async Task<CourseEditorModel> PageAsync(Course? course, CourseForm form, CancellationToken cancellationToken) => new(
        course,
        form,
        await db.Topics.AsNoTracking().OrderBy(topic => topic.Order).ToListAsync(cancellationToken),
        course is null ? [] : await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == course.Id).OrderBy(lesson => lesson.Position).Select(lesson => new LessonLink(lesson.Slug, lesson.Title)).ToListAsync(cancellationToken),
        course is null ? 0 : await db.Questions.CountAsync(question => question.CourseId == course.Id && question.RetiredUtc == null, cancellationToken));

    private async Task<CourseForm> FormAsync(Course course, CancellationToken cancellationToken) => new()
    {
        Version = course.Version,
        Title = course.Title,
        Slug = course.Slug,
        TopicCode = course.TopicCode,
        Summary = course.Summary,
        Audience = course.Audience,
        Outcomes = course.Outcomes,
        Skills = string.Join('\n', await db.Skills.Where(skill => skill.CourseId == course.Id).OrderBy(skill => skill.Position).Select(skill => skill.Text).ToListAsync(cancellationToken)),
        QuizRequired = course.QuizRequired,
        AttendanceRequired = course.AttendanceRequired,
        MinimumAttendancePercent = course.MinimumAttendancePercent,
        CompletionMode = course.CompletionMode,
        PassPercent = course.PassPercent,
        DrawCount = course.DrawCount,
        MaxAttempts = course.MaxAttempts,
        Explain = course.Explain,
        AreaCode = course.AreaPath is null ? null : await db.Units.Where(unit => unit.Path == course.AreaPath).Select(unit => unit.Code).FirstOrDefaultAsync(cancellationToken),
        Quarter = course.Quarter,
    };
}

/// <summary>A course in the authors' list.</summary>
public sealed record EditableCourse(string Slug, string Title, string TopicCode, CourseState State, int Lessons, int Questions, DateTime UpdatedUtc);

/// <summary>The page where a course is written.</summary>
/// <param name="Course">The course; null for a new one.</param>
/// <param name="Form">What the author typed.</param>
/// <param name="Topics">The catalogue of topics.</param>
/// <param name="Lessons">Its lessons.</param>
/// <param name="Questions">Number of its questions.</param>
public sealed record CourseEditorModel(Course? Course, CourseForm Form, IReadOnlyList<Topic> Topics, IReadOnlyList<LessonLink> Lessons, int Questions)
{
    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public CourseForm? Theirs { get; init; }
}
