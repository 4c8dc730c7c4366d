using System.Globalization;
using System.Text.Json;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Recipes;

/// <summary>
/// Past sessions from lists of points:
/// <c>{ "name": "training-days", "sessions": [ { "file", "code", "title", "date", "topics": ["T1"] } ] }</c>.
/// </summary>
internal sealed class TrainingDaysStep(PastSessionImporter importer) : IRecipeStepHandler
{
    public string Name => "training-days";

    public async Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken)
    {
        foreach (var item in context.Step.GetProperty("sessions").EnumerateArray())
        {
            var past = new PastSession(
                item.GetProperty("code").GetString()!,
                item.GetProperty("title").GetString()!,
                DateOnly.Parse(item.GetProperty("date").GetString()!, CultureInfo.InvariantCulture),
                RecipeValues.Strings(item, "topics"));
            var file = (context with { Step = item }).FilePath("file");
            var import = RecipeValues.Require(context, past.Code, await importer.ImportAsync(await File.ReadAllBytesAsync(file, cancellationToken), past, cancellationToken));
            context.Report($"Buổi tập huấn {past.Code}: {import.Present} điểm cầu có mặt");
        }
    }
}

/// <summary>Short forms of reading a step.</summary>
internal static class RecipeValues
{
    public static string[] Strings(JsonElement step, string property) =>
        step.TryGetProperty(property, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    public static string Text(JsonElement step, string property, string otherwise = "") =>
        step.TryGetProperty(property, out var text) ? text.GetString()! : otherwise;

    /// <summary>The value; a recipe has no faults to show to anybody, it stops.</summary>
    public static T Require<T>(RecipeContext context, string code, Result<T> result) =>
        result.Succeeded ? result.Value : throw new InvalidOperationException($"Recipe '{context.Recipe.Name}', session '{code}': {string.Join(" ", result.Faults.Select(fault => fault.Message))}");
}
