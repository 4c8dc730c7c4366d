using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Sessions.Registration.Services;
using TrainingSite.Sessions.Registration.ViewComponents;

namespace TrainingSite.Sessions.Registration;

/// <summary>Who comes, said beforehand.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<AnswerAccess>();
        services.AddScoped<SeatService>();
        services.AddScoped<AnswerService>();
        services.AddScoped<EarlierAnswers>();
        services.AddScoped<AnswerReader>();
        services.AddScoped<AnswerFile>();
        services.AddScoped<ClashService>();
        services.AddZoneContributor<MyAnswerViewComponent>("session-mine", 10);
        services.AddZoneContributor<TeamAnswersViewComponent>("session-mine", 20);
        services.AddZoneContributor<TodayAnswerViewComponent>("today", 21);
        services.AddZoneContributor<StaffAnswersViewComponent>("session-staff", 20);
    }
}
