using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>What a step works with.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Step">The step's own JSON object.</param>
/// <param name="Report">Says how far it is, one line a call.</param>
public sealed record RecipeContext(Recipe Recipe, JsonElement Step, Action<string> Report)
{
    /// <summary>Full path of a file that the step names, relative to the recipe's folder.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public string FilePath(string property)
    {
        var name = Step.GetProperty(property).GetString()!;
        var path = Path.Combine(Recipe.Folder, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Recipe '{Recipe.Name}' names '{name}', which is not there: {path}");
    }
}

/// <summary>Carries out the recipe steps of one name. Upserts by natural key, so that a recipe can be run again.</summary>
public interface IRecipeStepHandler
{
    /// <summary>The step's <c>name</c> in the JSON.</summary>
    string Name { get; }

    /// <summary>Does the step in the running transaction, and saves.</summary>
    Task ExecuteAsync(RecipeContext context, CancellationToken cancellationToken);
}

/// <summary>A recipe file: <c>{ "name", "description", "steps": [ { "name", … } ] }</c>.</summary>
/// <param name="Name">The name that it is run by.</param>
/// <param name="Description">What it makes.</param>
/// <param name="Folder">Where its data files are.</param>
/// <param name="Steps">Its steps in order.</param>
public sealed record Recipe(string Name, string Description, string Folder, IReadOnlyList<JsonElement> Steps);

/// <summary>Finds and runs recipes: seed data, demo, test fixtures.</summary>
public sealed class RecipeExecutor(SiteDbContext db, ModuleCatalog catalog, IServiceProvider services)
{
    /// <summary>All recipes, of the site and of the modules: the files <c>Recipes/**/*.recipe.json</c> beside the binaries.</summary>
    public static IReadOnlyList<Recipe> FindAll()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "Recipes");
        return Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*.recipe.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read)]
            : [];
    }

    /// <summary>Runs a recipe in one transaction: all of it or nothing. The steps of modules that are switched off are left out, and said so.</summary>
    /// <returns>False when there is no recipe of that name.</returns>
    /// <exception cref="InvalidOperationException">All modules are there, and none knows a step.</exception>
    public async Task<bool> ExecuteAsync(string name, Action<string> report, CancellationToken cancellationToken = default)
    {
        if (FindAll().FirstOrDefault(recipe => recipe.Name == name) is not { } recipe)
        {
            return false;
        }

        var handlers = services.GetServices<IRecipeStepHandler>().ToDictionary(handler => handler.Name, StringComparer.Ordinal);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var step in recipe.Steps)
        {
            var stepName = step.GetProperty("name").GetString()!;
            if (!handlers.TryGetValue(stepName, out var handler) && catalog.HasDisabled)
            {
                report($"Bỏ qua bước {stepName}: mô-đun của bước này đang tắt.");
                continue;
            }

            if (handler is null)
            {
                throw new InvalidOperationException($"Recipe '{recipe.Name}' has the step '{stepName}', which no module knows. Known: {string.Join(", ", handlers.Keys.Order(StringComparer.Ordinal))}.");
            }

            await handler.ExecuteAsync(new RecipeContext(recipe, step, report), cancellationToken);
            db.ChangeTracker.Clear();
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static Recipe Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), new() { CommentHandling = JsonCommentHandling.Skip });
        var root = document.RootElement;
        return new(
            root.GetProperty("name").GetString()!,
            root.TryGetProperty("description", out var description) ? description.GetString()! : "",
            Path.GetDirectoryName(path)!,
            [.. root.GetProperty("steps").EnumerateArray().Select(step => step.Clone())]);
    }
}
