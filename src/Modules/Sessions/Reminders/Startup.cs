using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Sessions.Reminders;

/// <summary>What the module tells people.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionMessages>();
        services.AddScoped<IReminderSource, SessionInvitations>();
        services.AddScoped<IReminderSource, SessionReminders>();
        services.AddScoped<IReminderSource, SessionChanges>();
        services.AddScoped<IReminderSource, SessionCancellations>();
    }
}
