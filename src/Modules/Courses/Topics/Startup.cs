using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses.Topics;

/// <summary>The catalogue of topics and its changes.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<TopicEditor>();
        services.AddBackgroundTask<ApplyTopicsTask>();
        services.AddSingleton<INavigationProvider, Menu>();
    }

    private sealed class Menu(IStringLocalizer<Strings> T) : INavigationProvider
    {
        public IEnumerable<NavigationItem> GetItems() => [new(T["Chuyên đề"], "/topics", "course", 61, NavigationPlace.Admin, Permissions.ManageTopics)];
    }
}
