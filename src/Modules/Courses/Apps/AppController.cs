using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Models;
using TrainingSite.Library.Models;
using TrainingSite.Organization.Services;

namespace TrainingSite.Courses.Apps;

/// <summary>Recommended apps for everybody: those of the whole province, and with an account those of the reader's units.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Route("apps")]
public sealed class AppController(SiteDbContext db, CurrentUser user, TimeProvider clock) : Controller
{
    private const int MostUnits = 400;

    [HttpGet("")]
    public async Task<IActionResult> Index(string? topic, string? unit, bool due, int page, CancellationToken cancellationToken)
    {
        var today = clock.Today();
        var open = db.RecommendedApps.AsNoTracking().OpenTo(user);
        var found = open;
        if (!string.IsNullOrWhiteSpace(topic))
        {
            found = found.Where(app => app.TopicCode == topic);
        }

        if (!string.IsNullOrWhiteSpace(unit))
        {
            found = found.UsedIn(unit);
        }

        if (due)
        {
            found = found.DueFor(user, today);
        }

        var rows = await found.OrderBy(app => app.Topic.Order).ThenBy(app => app.Name).ThenBy(app => app.Id)
            .Select(app => new AppRow(app.Slug, app.Name, app.Purpose, app.TopicCode, app.UnitName, app.ReviewedOn != null, app.NextReviewOn < today))
            .ToPageAsync(page, size: 30, cancellationToken);
        return View(new AppList(rows, topic, unit, due)
        {
            Topics = await db.Topics.AsNoTracking().Where(row => open.Any(app => app.TopicCode == row.Code)).OrderBy(row => row.Order).ToListAsync(cancellationToken),
            Units = await open.Where(app => app.UnitPath != null).GroupBy(app => app.UnitPath!).OrderBy(group => group.Key).Take(MostUnits)
                .Select(group => new UnitOption(group.Key, group.Max(app => app.UnitName)!)).ToListAsync(cancellationToken),
            Due = await db.RecommendedApps.DueFor(user, today).CountAsync(cancellationToken),
            CanAdd = user.Can(Permissions.ManageApps),
        });
    }

    [HttpGet("{slug}")]
    public async Task<IActionResult> Show(string slug, CancellationToken cancellationToken)
    {
        var app = await db.RecommendedApps.AsNoTracking().OpenTo(user)
            .Include(row => row.Topic).Include(row => row.Course).Include(row => row.Lesson!.Course)
            .SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken);
        if (app is null)
        {
            return NotFound();
        }

        var course = app.Course is { State: CourseState.Published } ? app.Course : null;
        return View(new AppPage(app, app.NextReviewOn < clock.Today(), user.CanManageApps(app.UnitPath))
        {
            Lesson = app.Lesson is { Course.State: CourseState.Published } ? app.Lesson : null,
            Document = await db.Documents.AsNoTracking().VisibleTo(user).Where(document => document.Id == app.DocumentId).Select(document => new AppDocument(document.Id, document.Title)).FirstOrDefaultAsync(cancellationToken),
            Course = course,
            Skills = course is null ? [] : await db.Skills.Where(skill => skill.CourseId == course.Id).OrderBy(skill => skill.Position).Select(skill => skill.Text).ToListAsync(cancellationToken),
        });
    }
}

/// <summary>An app in the list.</summary>
public sealed record AppRow(string Slug, string Name, string Purpose, string TopicCode, string? UnitName, bool IsReviewed, bool IsOverdue);

/// <summary>The list.</summary>
/// <param name="Apps">The rows of this page.</param>
/// <param name="Topic">Only this topic; null for all.</param>
/// <param name="Unit">Only what people of this unit can use; null for all.</param>
/// <param name="OnlyDue">Only what somebody must look at.</param>
public sealed record AppList(Page<AppRow> Apps, string? Topic, string? Unit, bool OnlyDue)
{
    /// <summary>Topics that have apps.</summary>
    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>Units that have apps of their own.</summary>
    public required IReadOnlyList<UnitOption> Units { get; init; }

    /// <summary>How many apps the reader should look at.</summary>
    public required int Due { get; init; }

    /// <summary>Whether the reader may add one.</summary>
    public required bool CanAdd { get; init; }
}

/// <summary>A document that explains an app.</summary>
public sealed record AppDocument(Guid Id, string Title);

/// <summary>The page of an app.</summary>
/// <param name="App">The app, with its topic.</param>
/// <param name="IsOverdue">Whether somebody should have looked again.</param>
/// <param name="CanManage">Whether the reader may change it.</param>
public sealed record AppPage(RecommendedApp App, bool IsOverdue, bool CanManage)
{
    /// <summary>The lesson that explains it; null when it has none or it is not published.</summary>
    public Lesson? Lesson { get; init; }

    /// <summary>The document that explains it; null when it has none or the reader may not see it.</summary>
    public AppDocument? Document { get; init; }

    /// <summary>The course whose skills it takes.</summary>
    public Course? Course { get; init; }

    /// <summary>Those skills.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];
}
