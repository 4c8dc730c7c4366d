using System.Text.Json;
using TrainingSite.Courses.Models;
using TrainingSite.Courses.Topics;

namespace TrainingSite.Courses.Recipes;

/// <summary>
/// <c>{ "name": "topics" }</c>: the catalogue T1 to T10 as it was from the beginning; <c>"file"</c> names another list beside the recipe. What staff
/// have changed since stays.
/// </summary>
internal sealed class TopicsStep(SiteDbContext db, TopicEditor editor) : IRecipeStepHandler
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
            var first = await db.TopicEditions.SingleOrDefaultAsync(edition => edition.Code == item.Code && edition.ValidFrom == TopicData.Beginning, cancellationToken)
                ?? db.TopicEditions.Add(new() { Code = item.Code, ValidFrom = TopicData.Beginning }).Entity;
            (first.Name, first.Order) = (item.Name, order);
        }

        await db.SaveChangesAsync(cancellationToken);
        await editor.ApplyAsync(cancellationToken);
        context.Report($"Chuyên đề: {items.Count}.");
    }

    private sealed record TopicItem(string Code, string Name, string Icon);
}
