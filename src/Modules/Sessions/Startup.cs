using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using TrainingSite.Accounts.Models;
using TrainingSite.Sessions.Api;
using TrainingSite.Sessions.Cards;
using TrainingSite.Sessions.Commands;
using TrainingSite.Sessions.Recipes;
using TrainingSite.Sessions.Services;
using TrainingSite.Sessions.ViewComponents;

namespace TrainingSite.Sessions;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton(SessionOptions.From(configuration));
        services.AddScoped<SessionAccess>();
        services.AddSingleton<IAccountDuties, PointDuties>();
        services.AddScoped<SessionValidator>();
        services.AddScoped<SessionCodes>();
        services.AddScoped<SessionPublisher>();
        services.AddScoped<SessionService>();
        services.AddScoped<SessionLifecycle>();
        services.AddScoped<PointPlanService>();
        services.AddScoped<WalkIns>();
        services.AddScoped<PointService>();
        services.AddScoped<SessionStatistics>();
        services.AddScoped<PastSessionImporter>();
        services.AddScoped<SessionViewReader>();
        services.AddScoped<PointFile>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.AddZoneContributor<NextSessionViewComponent>("today", 20);
        services.AddZoneContributor<NamedPointViewComponent>("today", 25);
        services.AddZoneContributor<OrganizerSessionsViewComponent>("organizer", 10, Permissions.TakeAttendance);
        services.AddZoneContributor<PublicSessionsViewComponent>("home", 25);

        services.AddSingleton<ICommandProvider, SessionCommands>();
        services.AddSingleton<ICommandProvider, AttendanceCommands>();
        services.AddScoped<SessionPlanner>();
        services.AddScoped<IRecipeStepHandler, TrainingDaysStep>();
        services.AddScoped<IRecipeStepHandler, UpcomingSessionStep>();
        services.AddScoped<IRecipeStepHandler, RecentSessionStep>();

        services.AddSingleton<SessionRolls>();
        services.AddScoped<AttendanceIntake>();
        services.AddScoped<AttendanceLog>();
        services.AddScoped(provider => new AttendanceRebuild(provider.GetRequiredService<SiteDbContext>(), provider.GetRequiredService<AttendanceLog>()));
        services.AddSingleton<AttendanceWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AttendanceWriter>());
        // Its parts are internal, which the container's own way of making it does not reach.
        services.AddScoped(provider => new CheckInService(
            provider.GetRequiredService<SiteDbContext>(),
            provider.GetRequiredService<SessionRolls>(),
            provider.GetRequiredService<AttendanceWriter>(),
            provider.GetRequiredService<CardService>(),
            provider.GetRequiredService<Board.Services.PointContacts>(),
            provider.GetRequiredService<CurrentUser>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IStringLocalizer<Strings>>()));
    }

    /// <inheritdoc />
    public override void Configure(IEndpointRouteBuilder routes) => AttendanceEvents.Map(routes);
}
