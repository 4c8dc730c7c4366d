using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Calls;

/// <summary>The list of people to call.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<CallList>();
        services.AddZoneContributor<CallsDueViewComponent>("today", 15, Permissions.CallMembers);
    }
}
