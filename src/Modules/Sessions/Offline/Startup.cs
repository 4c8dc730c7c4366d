using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Offline;

/// <summary>Attendance from devices that were without a network: what they send, their files, guests whom nobody could name.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SheetInbox>();
        services.AddScoped<GuestService>();
    }
}
