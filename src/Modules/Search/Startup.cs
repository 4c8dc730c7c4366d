using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using TrainingSite.Search.Commands;
using TrainingSite.Search.Services;
using TrainingSite.Search.Tasks;

namespace TrainingSite.Search;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StatisticsCache>();
        services.AddSingleton<PassageFactsCache>();
        services.AddScoped(provider => IndexStore.For(provider.GetRequiredService<SiteDbContext>(), provider.GetRequiredService<PassageFactsCache>()));
        services.AddHostedService<StatisticsRefresher>();
        services.AddScoped(provider => new SearchIndex(
            provider.GetRequiredService<SiteDbContext>(), provider.GetRequiredService<IndexStore>(), provider.GetRequiredService<StatisticsCache>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => new SearchService(
            provider.GetRequiredService<SiteDbContext>(),
            provider.GetRequiredService<IndexStore>(),
            provider.GetRequiredService<StatisticsCache>(),
            provider.GetRequiredService<WordLists>(),
            provider.GetRequiredService<IStringLocalizer<Strings>>()));
        services.AddSingleton(provider => new WordLists(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<TitleSuggestions>();
        services.AddScoped<AbbreviationService>();
        services.AddScoped<SynonymService>();
        services.AddScoped<StatisticsCounter>();
        services.AddScoped<IndexRebuilder>();
        services.AddSingleton<MissRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<MissRecorder>());
        services.AddBackgroundTask<KeepIndexTask>();
        services.AddBackgroundTask<ForgetMissesTask>();
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, MainMenu>();
        services.AddSingleton<ICommandProvider, SearchCommands>();
    }
}
