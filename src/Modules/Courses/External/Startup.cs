using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.External;

/// <summary>Courses completed elsewhere.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddFileStore<ProofFiles>();
        services.AddScoped<ExternalCourses>();
        services.AddSingleton<INavigationProvider, Menu>();
        services.AddZoneContributor<ExternalCoursesViewComponent>("me", 22);
        services.AddZoneContributor<ExternalCoursesViewComponent>("person", 22);
    }

    private sealed class Menu(IStringLocalizer<Strings> T) : INavigationProvider
    {
        public IEnumerable<NavigationItem> GetItems() => [new(T["Khóa học ngoài"], "/external-courses", "check", 66, NavigationPlace.Admin, Permissions.DecideExternal)];
    }
}
