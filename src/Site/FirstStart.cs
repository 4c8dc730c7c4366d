namespace TrainingSite.Site;

/// <summary>Makes the site ready to serve: migrates, and fills an empty database from the recipe in <c>Site:SetupRecipe</c>.</summary>
internal static class FirstStart
{
    public static async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        var configuration = scope.ServiceProvider.GetRequiredService<IConfiguration>();
        var recipe = configuration["Site:SetupRecipe"] ?? "sonla-demo";
        if (await scope.ServiceProvider.GetRequiredService<SiteDbContext>().Set<SiteUser>().AnyAsync())
        {
            return;
        }

        if (recipe.Length > 0 && !await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, Console.WriteLine))
        {
            throw new InvalidOperationException($"Site:SetupRecipe is '{recipe}', but there is no such recipe. See: recipe list");
        }

        foreach (var setup in scope.ServiceProvider.GetServices<ISiteSetup>())
        {
            await setup.EnsureAsync(Console.WriteLine);
        }
    }
}
