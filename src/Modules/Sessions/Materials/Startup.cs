using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Materials;

/// <summary>Materials and questions of a session.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MaterialService>();
        services.AddScoped<QuestionService>();
        services.AddZoneContributor<MaterialsViewComponent>("session-about", 10);
    }
}
