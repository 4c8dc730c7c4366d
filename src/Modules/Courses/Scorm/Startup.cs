using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using IStartupFilter = Microsoft.AspNetCore.Hosting.IStartupFilter;

namespace TrainingSite.Courses.Scorm;

/// <summary>SCORM packages.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScormOptions>().Bind(configuration.GetSection("Courses:Scorm"))
            .Validate(
                options => options.Host.Length == 0 || (Uri.CheckHostName(options.Host) == UriHostNameType.Dns && !(Uri.TryCreate(configuration["Site:BaseUrl"], UriKind.Absolute, out var site) && PackageHost.ShareCookies(site.Host, options.Host))),
                "Courses:Scorm:Host must be a host name alone, without scheme and port, and under another registered name than that of Site:BaseUrl: packages could set the site's cookies else.")
            .ValidateOnStart();
        services.AddSingleton<PackageHost>();
        services.AddTransient<IStartupFilter, PackageHostFilter>();
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
