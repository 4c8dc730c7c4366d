using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Commands;
using TrainingSite.Library.Components;
using TrainingSite.Library.Controllers;
using TrainingSite.Library.Recipes;
using TrainingSite.Library.Services;
using TrainingSite.Library.Tasks;
using TrainingSite.Library.Templates;

namespace TrainingSite.Library;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    private const int HomeOrder = 40;
    private const int TeamOrder = 90;
    private const int JobsOrder = 40;
    private const int OrganizerOrder = 20;

    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.AddSingleton<ICommandProvider, LibraryCommands>();
        services.AddFileStore<LibraryFiles>();
        services.AddSingleton<ScanReader>();
        services.AddSingleton<PictureShrinker>();
        services.AddScoped<TextExtractor>();
        services.AddScoped<LibraryService>();
        services.AddScoped<DocumentReview>();
        services.AddScoped<TopicNames>();
        services.AddScoped<DocumentFormSource>();
        services.AddScoped<TemplateDataSource>();
        services.AddScoped<IRecipeStepHandler, DocumentsStep>();
        services.AddBackgroundTask<ExtractTextTask>();
        services.AddBackgroundTask<ReadScansTask>();
        services.AddZoneContributor<NewestDocumentsViewComponent>("home", HomeOrder);
        services.AddZoneContributor<FoundingDecisionViewComponent>("team", TeamOrder);
        services.AddZoneContributor<UnreadDocumentsViewComponent>("jobs", JobsOrder, Permissions.ManageLibrary);
        services.AddZoneContributor<WaitingDocumentsViewComponent>("organizer", OrganizerOrder, Permissions.ManageLibrary);
    }
}
