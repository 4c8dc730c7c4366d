using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.SelfCheckIn;

/// <summary>Rotating codes of points, and people who mark themselves with them.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<GuessTurns>();
        services.AddScoped<GuessLimiter>();
        services.AddBackgroundTask<ForgetGuessesTask>();
        services.AddScoped<PointCodes>();
        services.AddScoped<OwnAttendance>();
        services.AddZoneContributor<CheckInLinkViewComponent>("session-mine", 10);
        services.AddZoneContributor<CheckInTodayViewComponent>("today", 8);
    }
}
