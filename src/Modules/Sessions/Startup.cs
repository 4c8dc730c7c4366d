using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddScoped<SessionAccess>();
        services.AddScoped<SessionValidator>();
        services.AddScoped<SessionPublisher>();
        services.AddScoped<SessionService>();
        services.AddScoped<SessionLifecycle>();
        services.AddScoped<PointPlanService>();
    }
}
