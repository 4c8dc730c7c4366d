using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Media.Models;
using TrainingSite.Organization.Commands;
using TrainingSite.Organization.Recipes;
using TrainingSite.Organization.Services;
using TrainingSite.Organization.Services.Import;
using TrainingSite.Organization.Zones;

namespace TrainingSite.Organization;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OrganizationOptions>(configuration.GetSection("Organization"));
        services.AddPermissions<Permissions>();
        services.AddScoped<TeamSizeReader>().AddScoped<UnitFinder>().AddScoped<UnitChoices>().AddScoped<UnitCounter>().AddScoped<MemberIntake>().AddScoped<MembershipService>().AddScoped<TeamService>();
        services.AddScoped<IUnitDirectory, UnitDirectory>().AddScoped<IMediaUnits, FolderUnits>().AddScoped<IPersonDirectory, PersonDirectory>().AddScoped<IEventHandler<AccountLinked>, AccountLink>();
        services.AddScoped<RosterUploads>();
        services.AddZoneContributor<ProvinceNumbersViewComponent>("home", 30);
        services.AddZoneContributor<ScopeNumbersViewComponent>("organizer", 30, Permissions.ViewTeamStatistics);
        services.AddScoped<OfficeAdvice>();
        services.AddScoped<Words>().AddSingleton<INavigationProvider, AdminMenu>();
        services.AddScoped<UnitImporter>().AddScoped<TeamImporter>().AddScoped<RosterImporter>().AddScoped<ImportTexts>();
        services.AddSingleton<ICommandProvider, ImportCommands>();
        services.AddScoped<IRecipeStepHandler, UnitsStep>().AddScoped<IRecipeStepHandler, TeamsStep>().AddScoped<IRecipeStepHandler, RosterStep>();
    }
}
