using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Minutes;

/// <summary>How long people attended, where they and their organizers look.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionMinutes>();
        services.AddZoneContributor<MyMinutesViewComponent>("session-mine", 30);
        services.AddZoneContributor<PersonSessionsViewComponent>("person", 40);
    }
}
