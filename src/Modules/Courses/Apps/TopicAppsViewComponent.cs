using Microsoft.AspNetCore.Mvc;

namespace TrainingSite.Courses.Apps;

/// <summary>On a course's page: the apps of its topic that the reader can use.</summary>
public sealed class TopicAppsViewComponent(SiteDbContext db, CurrentUser user, TimeProvider clock) : ViewComponent
{
    private const int MostShown = 6;

    /// <summary>The apps of a topic.</summary>
    public async Task<IViewComponentResult> InvokeAsync(string topic)
    {
        var today = clock.Today();
        var apps = await db.RecommendedApps.AsNoTracking().VisibleTo(user).Where(app => app.TopicCode == topic).OrderBy(app => app.Name).ThenBy(app => app.Id)
            .Select(app => new AppRow(app.Slug, app.Name, app.Purpose, app.TopicCode, app.UnitName, true, app.NextReviewOn < today)).Take(MostShown + 1).ToListAsync(HttpContext.RequestAborted);
        return apps.Count == 0 ? Content("") : View(new TopicApps(topic, [.. apps.Take(MostShown)], apps.Count > MostShown));
    }
}

/// <summary>The apps of a topic.</summary>
/// <param name="Topic">Code of the topic.</param>
/// <param name="Apps">The first of them.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record TopicApps(string Topic, IReadOnlyList<AppRow> Apps, bool HasMore);
