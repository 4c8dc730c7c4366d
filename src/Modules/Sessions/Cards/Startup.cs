using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Cards;

/// <summary>Members' cards: signed codes on paper and on screen.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CardKey>();
        services.AddScoped<CardService>();
        services.AddZoneContributor<CardLinkViewComponent>("me", 20);
        services.AddZoneContributor<TeamCardsLinkViewComponent>("team", 30, Organization.Permissions.ManageTeams);
        services.AddZoneContributor<PersonCardLinkViewComponent>("person", 30, Organization.Permissions.ManageTeams);
    }
}
