using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Makeup;

/// <summary>Copies, make-ups and rehearsals of sessions.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionCopier>();
        services.AddScoped<MakeupService>();
        services.AddZoneContributor<SessionKindViewComponent>("session-mine", 1);
        services.AddZoneContributor<MakeupsViewComponent>("session-staff", 20, Permissions.ManageSessions);
        services.AddZoneContributor<SheetKindViewComponent>("sheet-links", 1);
        services.AddZoneContributor<SessionCopyViewComponent>("session-staff", 90, Permissions.ManageSessions);
    }
}
