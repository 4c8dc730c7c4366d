using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Commands;
using TrainingSite.Library.Components;
using TrainingSite.Library.Recipes;
using TrainingSite.Library.Services;
using TrainingSite.Library.Tasks;

namespace TrainingSite.Library;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    private const int HomeOrder = 40;
    private const int TeamOrder = 90;

    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.AddSingleton<ICommandProvider, LibraryCommands>();
        services.AddSingleton<LibraryFiles>();
        services.AddScoped<TextExtractor>();
        services.AddScoped<LibraryService>();
        services.AddScoped<TopicNames>();
        services.AddScoped<IRecipeStepHandler, DocumentsStep>();
        services.AddBackgroundTask<ExtractTextTask>();
        services.AddZoneContributor<NewestDocumentsViewComponent>("home", HomeOrder);
        services.AddZoneContributor<FoundingDecisionViewComponent>("team", TeamOrder);

        // A file somewhat over the limit should still reach the page that explains the limit.
        services.AddOptions<KestrelServerOptions>().Configure<LibraryFiles>((server, files) =>
            server.Limits.MaxRequestBodySize = Math.Max(server.Limits.MaxRequestBodySize ?? 0, Room(files)));
        services.AddOptions<FormOptions>().Configure<LibraryFiles>((form, files) =>
            form.MultipartBodyLengthLimit = Math.Max(form.MultipartBodyLengthLimit, Room(files)));
    }

    private static long Room(LibraryFiles files) => (files.MaxBytes * 2) + (1024 * 1024);
}
