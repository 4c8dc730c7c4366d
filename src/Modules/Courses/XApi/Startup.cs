using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.XApi;

/// <summary>Learning for other systems.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<XApiStatements>();
}
