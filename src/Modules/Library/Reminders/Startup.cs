using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Library.Reminders;

/// <summary>What people are told about documents that they proposed.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<IReminderSource, ReturnedDocuments>();
}
