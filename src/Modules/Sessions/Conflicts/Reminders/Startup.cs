using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Sessions.Conflicts.Reminders;

/// <summary>What members are told about their appeals.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IReminderSource, AppealAnswers>();
}
