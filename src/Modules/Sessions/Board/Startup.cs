using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Board.Api;
using TrainingSite.Sessions.Board.Services;
using TrainingSite.Sessions.Board.ViewComponents;

namespace TrainingSite.Sessions.Board;

/// <summary>The live board.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PointContacts>();
        services.AddHostedService(provider => provider.GetRequiredService<PointContacts>());
        services.AddSingleton<BoardCounter>();
        services.AddScoped<BoardReader>();
        services.AddScoped<BoardAccess>();
        services.AddScoped<PointStates>();
        services.AddScoped<PointCalls>();
        services.AddZoneContributor<BoardLinksViewComponent>("session-staff", 10);
    }

    /// <inheritdoc />
    public override void Configure(IEndpointRouteBuilder routes) => LiveApi.Map(routes);
}
