using TrainingSite.Courses.Models;
using TrainingSite.Courses.Services;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Recipes;

/// <summary>
/// <c>{ "name": "learning-paths" }</c>: the module's own learning paths (R31), again and again the same by slug; <c>"file"</c> names another
/// list beside the recipe. Paths that the list does not name stay.
/// </summary>
internal sealed class LearningPathsStep(SiteDbContext db, TimeProvider clock) : IRecipeStepHandler
{
    public string Name => "learning-paths";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var file = context.Step.TryGetProperty("file", out _) ? context.FilePath("file") : CourseFiles.ModulePath("paths.json");
        var items = await CourseFiles.ReadAsync<List<PathItem>>(file, cancellationToken);
        var courses = await db.Courses.ToDictionaryAsync(course => course.Slug, course => course.Id, cancellationToken);
        var known = await db.LearningPaths.ToDictionaryAsync(path => path.Slug, cancellationToken);
        foreach (var (item, order) in items.Select((item, index) => (item, index + 1)))
        {
            if (item.Roles.Count == 0 || item.Levels.Count == 0)
            {
                throw new InvalidOperationException($"{file}: the path {item.Slug} is for nobody; it needs roles and levels.");
            }

            if (item.Courses.FirstOrDefault(slug => !courses.ContainsKey(slug)) is { } unknown)
            {
                throw new InvalidOperationException($"{file}: the path {item.Slug} names the course '{unknown}', which is not there.");
            }

            if (!known.TryGetValue(item.Slug, out var path))
            {
                path = new() { Slug = item.Slug, UpdatedUtc = clock.UtcNow() };
                db.LearningPaths.Add(path);
            }

            path.Title = item.Title;
            path.Summary = item.Summary;
            path.Roles = item.Roles.Together();
            path.Levels = item.Levels.Together();
            path.Order = order;
            path.IsPublished = item.Published;
            await db.WritePathCoursesAsync(path, [.. item.Courses.Select(slug => courses[slug])], cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        context.Report($"Lộ trình học: {items.Count}.");
    }

    private sealed record PathItem(string Slug, string Title, string Summary, IReadOnlyList<TeamRoles> Roles, IReadOnlyList<TeamLevels> Levels, IReadOnlyList<string> Courses)
    {
        public bool Published { get; init; } = true;
    }
}
