using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Accounts.Models;
using TrainingSite.Organization.Commands;
using TrainingSite.Organization.Recipes;
using TrainingSite.Organization.Services;
using TrainingSite.Organization.Services.Import;

namespace TrainingSite.Organization;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OrganizationOptions>(configuration.GetSection("Organization"));
        services.AddPermissions<Permissions>();
        services.AddScoped<TeamSizeReader>().AddScoped<UnitFinder>().AddScoped<UnitCounter>();
        services.AddScoped<IUnitDirectory, UnitDirectory>().AddScoped<IPersonDirectory, PersonDirectory>().AddScoped<IEventHandler<AccountLinked>, AccountLink>();
        services.AddScoped<UnitImporter>().AddScoped<TeamImporter>().AddScoped<RosterImporter>().AddScoped<ImportTexts>();
        services.AddSingleton<ICommandProvider, ImportCommands>();
        services.AddScoped<IRecipeStepHandler, UnitsStep>().AddScoped<IRecipeStepHandler, TeamsStep>().AddScoped<IRecipeStepHandler, RosterStep>();
    }
}
