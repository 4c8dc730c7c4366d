using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>Closing by the clock, and handing in sheets in time.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionDeadlines>();
        services.AddScoped<MissingSheets>();
        services.AddScoped<HandInService>();
        services.AddScoped<HandInReader>();
        services.AddBackgroundTask<CloseSessionsTask>();
        services.AddZoneContributor<ClosingViewComponent>("session-staff", 10);
        services.AddZoneContributor<SheetsToHandInViewComponent>("organizer", 5);
    }
}
