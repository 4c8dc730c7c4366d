using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Search.Models;
using TrainingSite.Sessions.Services;

namespace TrainingSite.Sessions.Search;

/// <summary>Lets sessions be found.</summary>
[RequireFeatures("Search")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionSearchSource>();
        services.AddScoped<ISearchSource>(provider => provider.GetRequiredService<SessionSearchSource>());
        services.AddScoped<IEventHandler<SessionChanged>, SessionIndexer>();
    }
}
