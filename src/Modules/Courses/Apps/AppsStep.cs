using TrainingSite.Courses.Models;
using TrainingSite.Courses.Recipes;

namespace TrainingSite.Courses.Apps;

/// <summary>
/// <c>{ "name": "apps" }</c>: the module's own list of recommended apps, again and again the same by name; <c>"file"</c> names another list
/// beside the recipe. Apps that the list does not name stay.
/// </summary>
internal sealed class AppsStep(SiteDbContext db, AppCatalogue catalogue) : IRecipeStepHandler
{
    public string Name => "apps";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var file = context.Step.TryGetProperty("file", out _) ? context.FilePath("file") : CourseFiles.ModulePath("apps.json");
        var list = await CourseFiles.ReadAsync<AppFile>(file, cancellationToken);
        var courses = await db.Courses.Where(course => course.State == CourseState.Published && course.DraftOfId == null).ToDictionaryAsync(course => course.Slug, course => course.Id, cancellationToken);
        foreach (var item in list.Apps)
        {
            var slug = AppCatalogue.SlugOf(item.Name);
            var app = await db.RecommendedApps.SingleOrDefaultAsync(row => row.Slug == slug, cancellationToken) ?? db.RecommendedApps.Add(new() { Slug = slug }).Entity;
            Guid? course = item.Course is null ? null : courses.TryGetValue(item.Course, out var id) ? id : throw new InvalidOperationException($"{file}: '{item.Name}' names the course '{item.Course}', which is not published.");
            (app.Name, app.Purpose, app.Publisher, app.TopicCode) = (item.Name, item.Purpose, item.Publisher, item.Topic);
            (app.WebUrl, app.AndroidUrl, app.AppleUrl) = (item.Web, item.Android, item.Apple);
            app.CourseId = course;
            app.LessonId = item.Lesson is null ? null : await db.Lessons.Where(lesson => lesson.CourseId == course && lesson.Slug == item.Lesson).Select(lesson => (Guid?)lesson.Id).SingleOrDefaultAsync(cancellationToken)
                ?? throw new InvalidOperationException($"{file}: '{item.Name}' names the lesson '{item.Lesson}', which the course '{item.Course}' does not have.");
            (app.ReviewedBy, app.ReviewedOn, app.NextReviewOn) = (list.ReviewedBy, list.ReviewedOn, list.NextReviewOn);
            await catalogue.SaveAndTellAsync(app.Id, cancellationToken);
        }

        context.Report($"Ứng dụng nên dùng: {list.Apps.Count}.");
    }

    private sealed record AppFile(string ReviewedBy, DateOnly ReviewedOn, DateOnly NextReviewOn, IReadOnlyList<AppItem> Apps);

    private sealed record AppItem(string Name, string Purpose, string Publisher, string Topic)
    {
        public string? Web { get; init; }

        public string? Android { get; init; }

        public string? Apple { get; init; }

        public string? Course { get; init; }

        public string? Lesson { get; init; }
    }
}
