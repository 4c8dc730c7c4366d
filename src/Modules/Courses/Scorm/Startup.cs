using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.Scorm;

/// <summary>SCORM packages.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ScormOptions>(configuration.GetSection("Courses:Scorm"));
        services.AddSingleton<ScormFiles>();
        services.AddSingleton<ScormManifestReader>();
        services.AddSingleton<ScormReader>();
        services.AddSingleton<PackageAddress>();
        services.AddScoped<ScormPackages>();
        services.AddScoped<ScormProgress>();
        services.AddScoped<PackageLessons>();
        services.AddBackgroundTask<SweepPackagesTask>();
    }
}
