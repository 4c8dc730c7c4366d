using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Feedback;

/// <summary>What people say of a session.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<FeedbackService>();
        services.AddScoped<FeedbackReader>();
        services.AddZoneContributor<MyFeedbackViewComponent>("session-mine", 40);
        services.AddZoneContributor<FeedbackViewComponent>("session-staff", 40);
    }
}
