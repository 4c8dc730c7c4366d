using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Budget;

/// <summary>Money and devices of a session.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<BudgetService>();
        services.AddScoped<BudgetReader>();
        services.AddZoneContributor<BudgetLinkViewComponent>("sheet-more", 80);
        services.AddZoneContributor<SessionBudgetViewComponent>("session-staff", 50);
    }
}
