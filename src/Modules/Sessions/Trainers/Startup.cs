using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Sessions.Trainers;

/// <summary>Trainers and their page.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<TrainerService>();
        services.AddScoped<TrainerReader>();
        services.AddSingleton<IAccountDuties, TrainerDuties>();
        services.AddZoneContributor<TrainersViewComponent>("session-staff", 20);
    }
}
