using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Apps;

/// <summary>Staff add, change and review recommended apps; each those of their units, the whole province's at the province.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Authorize(nameof(Permissions.ManageApps))]
[Route("apps")]
public sealed class AppEditorController(SiteDbContext db, AppCatalogue catalogue, UnitChoices units, CurrentUser user, TimeProvider clock, INotifier notifier, IStringLocalizer<Strings> T) : Controller
{
    private const int MostDocuments = 300;

    [HttpGet("new")]
    public Task<IActionResult> Create(string? topic, CancellationToken cancellationToken) => ShowAsync(null, new() { TopicCode = topic ?? "" }, cancellationToken);

    [HttpPost("new")]
    public async Task<IActionResult> Create([Bind(Prefix = "Form")] AppForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return await ShowAsync(null, form, cancellationToken);
        }

        var created = await catalogue.CreateAsync(form, cancellationToken);
        return created.Succeeded ? Saved(created.Value) : await RefuseAsync(null, form, created.Faults, cancellationToken);
    }

    [HttpGet("{slug}/edit")]
    public async Task<IActionResult> Edit(string slug, CancellationToken cancellationToken) =>
        await FindAsync(slug, cancellationToken) is { } app ? await ShowAsync(app, AppForm.Of(app), cancellationToken) : NotFound();

    [HttpPost("{slug}/edit")]
    public async Task<IActionResult> Edit(string slug, [Bind(Prefix = "Form")] AppForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } app)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return await ShowAsync(app, form, cancellationToken);
        }

        var updated = await catalogue.UpdateAsync(app, form, cancellationToken);
        return updated.Succeeded ? Saved(updated.Value) : await RefuseAsync(slug, form, updated.Faults, cancellationToken);
    }

    [HttpPost("{slug}/remove")]
    public async Task<IActionResult> Remove(string slug, CancellationToken cancellationToken)
    {
        if (await FindAsync(slug, cancellationToken) is not { } app || !await catalogue.RemoveAsync(app, cancellationToken))
        {
            return NotFound();
        }

        notifier.Success(T["Đã xóa “{0}” khỏi danh sách.", app.Name]);
        return LocalRedirect("~/apps");
    }

    private Task<RecommendedApp?> FindAsync(string slug, CancellationToken cancellationToken) => db.RecommendedApps.ManagedBy(user).SingleOrDefaultAsync(app => app.Slug == slug, cancellationToken);

    private LocalRedirectResult Saved(RecommendedApp app)
    {
        notifier.Success(app.ReviewedOn is null ? T["Đã lưu “{0}”. Thành viên chưa thấy cho đến khi có người xem lại.", app.Name] : T["Đã lưu “{0}”.", app.Name]);
        return LocalRedirect($"~/apps/{app.Slug}");
    }

    private async Task<IActionResult> RefuseAsync(string? slug, AppForm form, IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var app = slug is null ? null : await FindAsync(slug, cancellationToken);
        if (app is null && slug is not null)
        {
            // Not changed meanwhile, but removed.
            return NotFound();
        }

        ModelState.AddFaults(faults, "Form.");
        if (faults[0].Kind == FaultKind.Conflict && app is not null)
        {
            // What was typed stays in the form; saving again replaces the other's change knowingly.
            Response.StatusCode = StatusCodes.Status409Conflict;
            form.Version = app.Version;
            ModelState.Remove("Form.Version");
        }

        return await ShowAsync(app, form, cancellationToken);
    }

    private async Task<IActionResult> ShowAsync(RecommendedApp? app, AppForm form, CancellationToken cancellationToken)
    {
        return View("Edit", new AppEditorModel(app, form)
        {
            ForAll = user.CanManageApps(unitPath: null),
            Units = await units.ListAsync(user.ScopeOf(Permissions.ManageApps), clock.Today(), withProvince: false, UnitOption.Of(app?.UnitPath, app?.UnitName), cancellationToken),
            Topics = await db.Topics.AsNoTracking().OfferedTo(user, form.TopicCode).OrderBy(topic => topic.Order).Select(topic => new AppChoice(topic.Code, topic.Name)).ToListAsync(cancellationToken),
            Courses = await db.Courses.AsNoTracking().Where(course => course.State == CourseState.Published && course.DraftOfId == null).OrderBy(course => course.Topic.Order).ThenBy(course => course.Title)
                .Select(course => new AppChoice(course.Id.ToString(), course.Title)).ToListAsync(cancellationToken),
            Lessons = await db.Lessons.AsNoTracking().Where(lesson => lesson.Course.State == CourseState.Published && lesson.Course.DraftOfId == null)
                .OrderBy(lesson => lesson.Course.Topic.Order).ThenBy(lesson => lesson.Course.Title).ThenBy(lesson => lesson.Position)
                .Select(lesson => new LessonChoice(lesson.Id, lesson.Title, lesson.Course.Title)).ToListAsync(cancellationToken),
            Documents = await db.Documents.AsNoTracking().VisibleTo(user).Where(document => document.Kind == DocumentKind.Guide || document.Kind == DocumentKind.Material || document.Id == form.DocumentId)
                .OrderByDescending(document => document.Id == form.DocumentId).ThenByDescending(document => document.CreatedUtc).Take(MostDocuments).Select(document => new AppDocument(document.Id, document.Title)).ToListAsync(cancellationToken),
        });
    }
}

/// <summary>Something to choose.</summary>
public sealed record AppChoice(string Code, string Name);

/// <summary>A lesson to choose.</summary>
public sealed record LessonChoice(Guid Id, string Title, string Course);

/// <summary>The page where an app is written.</summary>
/// <param name="App">The app; null for a new one.</param>
/// <param name="Form">What was typed.</param>
public sealed record AppEditorModel(RecommendedApp? App, AppForm Form)
{
    /// <summary>Whether it may be for the whole province.</summary>
    public required bool ForAll { get; init; }

    /// <summary>Units to choose from; null when they are too many and the code is typed.</summary>
    public required IReadOnlyList<UnitOption>? Units { get; init; }

    /// <summary>Topics to choose from.</summary>
    public required IReadOnlyList<AppChoice> Topics { get; init; }

    /// <summary>Courses whose skills can be asked for.</summary>
    public required IReadOnlyList<AppChoice> Courses { get; init; }

    /// <summary>Lessons that can be the guide.</summary>
    public required IReadOnlyList<LessonChoice> Lessons { get; init; }

    /// <summary>Documents that can be the guide.</summary>
    public required IReadOnlyList<AppDocument> Documents { get; init; }
}
