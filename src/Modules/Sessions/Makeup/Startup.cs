using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Copies and make-ups of sessions.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionCopier>();
        services.AddZoneContributor<SessionCopyViewComponent>("session-staff", 90, Permissions.ManageSessions);
    }
}
