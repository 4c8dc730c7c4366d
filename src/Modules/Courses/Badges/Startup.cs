using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.Badges;

/// <summary>Certificates as Open Badges.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<BadgeKey>();
        services.AddScoped<BadgeWriter>();
    }
}
