using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Series.Services;

namespace TrainingSite.Sessions.Series;

/// <summary>One theme on several dates.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<SeriesService>().AddScoped<SeriesReader>();
}
