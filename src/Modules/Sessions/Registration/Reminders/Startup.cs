using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Sessions.Registration.Reminders;

/// <summary>What registration tells people.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IReminderSource, SessionAnswers>();
        services.AddScoped<IReminderSource, SessionPromotions>();
    }
}
