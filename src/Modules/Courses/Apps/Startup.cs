using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Apps;

/// <summary>The catalogue of recommended apps.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<AppCatalogue>();
        services.AddScoped<IRecipeStepHandler, AppsStep>();
        services.AddSingleton<INavigationProvider, Menu>();
    }

    private sealed class Menu(IStringLocalizer<Strings> T) : INavigationProvider
    {
        public IEnumerable<NavigationItem> GetItems() => [new(T["Ứng dụng nên dùng"], "/apps", "app", 67, NavigationPlace.Admin, Permissions.ManageApps)];
    }
}
