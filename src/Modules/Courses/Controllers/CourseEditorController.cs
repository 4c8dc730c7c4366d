using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Courses.Topics;
using TrainingSite.Organization.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Controllers;

/// <summary>Authors write courses here.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageCourses))]
[Route("courses/edit")]
public sealed class CourseEditorController(SiteDbContext db, WorkingCopies copies, CourseEditor editor, PublicationService publications, CoursePublisher publisher, CourseContents contents, UnitChoices units, CurrentUser user, TimeProvider clock, IOptions<CourseOptions> options, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    [HttpGet("")]
    public async Task<IActionResult> Index(int page, CancellationToken cancellationToken) =>
        View(await db.Courses.AsNoTracking().Where(course => course.DraftOfId == null)
            .OrderByDescending(course => db.Set<Publication>().Any(row => row.CourseId == course.Id && row.State == PublicationState.Asked)).ThenBy(course => course.Topic.Order).ThenBy(course => course.Title).ThenBy(course => course.Id)
            .Select(course => new EditableCourse(course.Slug, course.Title, course.TopicCode, course.State, course.Lessons.Count, course.Questions.Count(question => question.RetiredUtc == null), course.UpdatedUtc)
            {
                HasDraft = db.Set<Course>().Any(copy => copy.DraftOfId == course.Id),
                Pending = db.Set<Publication>().Where(row => row.CourseId == course.Id).Select(row => (PublicationState?)row.State).FirstOrDefault(),
            })
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

        notifier.Success(T["Đã tạo bản nháp “{0}”. Tiếp theo: thêm bài học.", result.Value.Course.Title]);
        return RedirectToAction(nameof(Edit), new { slug = result.Value.Course.Slug });
    }

    [HttpGet("{slug}")]
    public async Task<IActionResult> Edit(string slug, CancellationToken cancellationToken)
    {
        var course = await copies.FindAsync(slug, cancellationToken);
        return course is null ? NotFound() : View(await PageAsync(course, await FormAsync(course, cancellationToken), cancellationToken));
    }

    [HttpPost("{slug}")]
    public async Task<IActionResult> Edit(string slug, [Bind(Prefix = "Form")] CourseForm form, CancellationToken cancellationToken)
    {
        if (await (ModelState.IsValid ? copies.OpenAsync(slug, cancellationToken) : copies.FindAsync(slug, cancellationToken)) is not { } course)
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

        notifier.Success(T["Đã lưu “{0}”.", result.Value.Course.Title]);
        foreach (var dropped in result.Value.Dropped)
        {
            notifier.Warning(T["Đã bỏ kỹ năng “{0}”; {1} lượt xác nhận của Tổ trưởng cho kỹ năng này không còn.", dropped.Text, dropped.Confirmations]);
        }

        return RedirectToAction(nameof(Edit), new { slug });
    }

    /// <summary>Publishes as it is, takes back or archives.</summary>
    [HttpPost("{slug}/state")]
    public async Task<IActionResult> State(string slug, CourseState state, CancellationToken cancellationToken)
    {
        if (await copies.FindAsync(slug, cancellationToken) is not { } working)
        {
            return NotFound();
        }

        if (state == CourseState.Published)
        {
            var asked = await publications.AskAsync(working, note: null, at: null, seen: null, mayEnd: false, cancellationToken);
            notifier.Tell(asked, working.Title, TempData, T);
            return RedirectToAction(nameof(Edit), new { slug });
        }

        var course = await copies.CourseOfAsync(working, cancellationToken);
        var result = await editor.TakeBackAsync(course, archive: state == CourseState.Archived, cancellationToken);
        if (result.Succeeded)
        {
            notifier.Success(state == CourseState.Archived
                ? T["Đã cất “{0}”. Ai đã hoàn thành vẫn được giữ kết quả.", course.Title]
                : T["Đã gỡ “{0}” xuống thành bản nháp. Kết quả đã có vẫn được giữ.", course.Title]);
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
        var course = slug is null ? null : await copies.FindAsync(slug, cancellationToken);
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

    private async Task<CourseEditorModel> PageAsync(Course? working, CourseForm form, CancellationToken cancellationToken)
    {
        var course = working is null ? null : await copies.CourseOfAsync(working, cancellationToken);
        return new(
            working,
            form,
            await db.Topics.AsNoTracking().OfferedTo(user, form.TopicCode).OrderBy(topic => topic.Order).ToListAsync(cancellationToken),
            working is null ? [] : await db.Lessons.AsNoTracking().Where(lesson => lesson.CourseId == working.Id).OrderBy(lesson => lesson.Position).Select(lesson => new LessonLink(lesson.Slug, lesson.Title) { HasPackage = lesson.PackageSha256 != null }).ToListAsync(cancellationToken),
            working is null ? 0 : await db.Questions.CountAsync(question => question.CourseId == working.Id && question.RetiredUtc == null, cancellationToken))
        {
            Others = await db.Courses.AsNoTracking().Where(row => row.DraftOfId == null && (course == null || row.Id != course.Id)).OrderBy(row => row.Topic.Order).ThenBy(row => row.Title).Select(row => new LessonLink(row.Slug, row.Title)).ToListAsync(cancellationToken),
            State = course?.State ?? CourseState.Draft,
            Pending = course is null ? null : await db.Publications.AsNoTracking().SingleOrDefaultAsync(row => row.CourseId == course.Id, cancellationToken),
            Versions = course is null ? 0 : await db.CourseVersions.CountAsync(version => version.CourseId == course.Id, cancellationToken),
            NeedsReview = course is not null && publisher.NeedsReview(course, working!),
            Fingerprint = working is null ? null : (await contents.ReadAsync(working, cancellationToken)).Fingerprint(),
            CanApprove = user.Can(Permissions.ApproveCourses),
            UserId = user.Id,
            Dropped = working is null ? [] : await editor.FindDroppedAsync(working, cancellationToken),
            SiteReadPercent = options.Value.ReadPercent,
            Units = await units.ListAsync(user.ScopeOf(Permissions.ManageCourses), clock.Today(), withProvince: false, UnitOption.Of(working?.AreaPath, name: null), cancellationToken),
        };
    }

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
        ValidMonths = course.ValidMonths,
        Requires = await db.CoursePrerequisites.Where(row => row.CourseId == course.Id).Select(row => row.Required.Slug).ToListAsync(cancellationToken),
        SkillsRequired = course.SkillsRequired,
        QuizProvesSkills = course.QuizProvesSkills,
        LessonsRequired = course.LessonsRequired,
        MinimumAttendancePercent = course.MinimumAttendancePercent,
        CompletionMode = course.CompletionMode,
        PassPercent = course.PassPercent,
        DrawCount = course.DrawCount,
        MaxAttempts = course.MaxAttempts,
        Explain = course.Explain,
        TimeLimitMinutes = course.TimeLimitMinutes,
        ReadPercent = course.ReadPercent,
        ReviewRequired = course.ReviewRequired,
        AreaCode = course.AreaPath is null ? null : await db.Units.Where(unit => unit.Path == course.AreaPath).Select(unit => unit.Code).FirstOrDefaultAsync(cancellationToken),
        Quarter = course.Quarter,
    };
}

/// <summary>A course in the authors' list.</summary>
public sealed record EditableCourse(string Slug, string Title, string TopicCode, CourseState State, int Lessons, int Questions, DateTime UpdatedUtc)
{
    /// <summary>Whether there is a working copy with what is not published yet.</summary>
    public bool HasDraft { get; init; }

    /// <summary>What is to become of it, if anything was asked.</summary>
    public PublicationState? Pending { get; init; }
}

/// <summary>The page where a course is written.</summary>
/// <param name="Course">What the author writes in: the course or its working copy; null for a new one.</param>
/// <param name="Form">What the author typed.</param>
/// <param name="Topics">The catalogue of topics.</param>
/// <param name="Lessons">Its lessons.</param>
/// <param name="Questions">Number of its questions.</param>
public sealed record CourseEditorModel(Course? Course, CourseForm Form, IReadOnlyList<Topic> Topics, IReadOnlyList<LessonLink> Lessons, int Questions)
{
    /// <summary>Where the course itself stands.</summary>
    public CourseState State { get; init; }

    /// <summary>What was asked for; null when nothing was.</summary>
    public Publication? Pending { get; init; }

    /// <summary>How often it was published.</summary>
    public int Versions { get; init; }

    /// <summary>Whether a second person must look first.</summary>
    public bool NeedsReview { get; init; }

    /// <summary>Hash of what the reader sees, to be sent along with a wish to publish; null for a new course.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether the reader may be that second person, for what others ask.</summary>
    public bool CanApprove { get; init; }

    /// <summary>The reader's account.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Skills that go with their confirmations when the working copy is published.</summary>
    public IReadOnlyList<DroppedSkill> Dropped { get; init; } = [];

    /// <summary>Share of a lesson's minutes to read, where a course says nothing.</summary>
    public int SiteReadPercent { get; init; }

    /// <summary>Units to choose from; null when they are too many and the code is typed.</summary>
    public IReadOnlyList<UnitOption>? Units { get; init; }

    /// <summary>Courses that can be asked for before this one.</summary>
    public IReadOnlyList<LessonLink> Others { get; init; } = [];

    /// <summary>What somebody else saved meanwhile; null when nobody did.</summary>
    public CourseForm? Theirs { get; init; }
}
