using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Courses.Recipes;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CompletionService>();
        services.AddScoped<IRecipeStepHandler, TopicsStep>();
    }
}
