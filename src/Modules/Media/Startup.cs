using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Media.Services;

namespace TrainingSite.Media;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.AddFileStore<MediaFiles>();
        services.AddScoped<MediaFolders>();
        services.AddScoped<MediaLibrary>();
    }
}
