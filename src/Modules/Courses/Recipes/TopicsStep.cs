using System.Text.Json;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Recipes;

/// <summary><c>{ "name": "topics" }</c>: the catalogue T1 to T10; <c>"file"</c> names another list beside the recipe.</summary>
internal sealed class TopicsStep(SiteDbContext db) : IRecipeStepHandler
{
    public string Name => "topics";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        var path = context.Step.TryGetProperty("file", out _) ? context.FilePath("file") : CourseFiles.ModulePath("topics.json");
        var items = JsonSerializer.Deserialize<List<TopicItem>>(await File.ReadAllTextAsync(path, cancellationToken), CourseJson.Options)!;
        var known = await db.Topics.ToDictionaryAsync(topic => topic.Code, cancellationToken);
        foreach (var (item, order) in items.Select((item, index) => (item, index + 1)))
        {
            if (!known.TryGetValue(item.Code, out var topic))
            {
                topic = new() { Code = item.Code };
                db.Topics.Add(topic);
            }

            topic.Name = item.Name;
            topic.Icon = item.Icon;
            topic.Order = order;
        }

        await db.SaveChangesAsync(cancellationToken);
        context.Report($"Chuyên đề: {items.Count}.");
    }

    private sealed record TopicItem(string Code, string Name, string Icon);
}
