using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Conflicts.Services;
using TrainingSite.Sessions.Conflicts.ViewComponents;

namespace TrainingSite.Sessions.Conflicts;

/// <summary>What a person should look at again, and appeals.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(AppealOptions.From(configuration));
        services.AddScoped<ReviewList>();
        services.AddScoped<ReviewReader>();
        services.AddScoped<ReviewService>();
        services.AddScoped<AppealService>();
        services.AddZoneContributor<AppealViewComponent>("session-mine", 60);
        services.AddZoneContributor<OpenAppealsViewComponent>("today", 16);
        services.AddZoneContributor<SheetConflictsViewComponent>("sheet-links", 50);
    }
}
