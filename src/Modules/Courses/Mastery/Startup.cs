using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.Mastery;

/// <summary>Skills that were shown, and results written down for whoever has no device.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MemberLearningReader>();
        services.AddScoped<MemberLearningWriter>();
        services.AddScoped<MasteryService>();
        services.AddScoped<PaperResultService>();
        services.AddZoneContributor<GuidesViewComponent>("team", 35);
        services.AddZoneContributor<MemberLearningLinkViewComponent>("person", 25, Permissions.ConfirmLearning);
    }
}
