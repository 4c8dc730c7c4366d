using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;
using TrainingSite.Sessions.Deadlines;
using TrainingSite.Sessions.Feedback;
using TrainingSite.Sessions.Materials;

namespace TrainingSite.Sessions.Reminders;

/// <summary>What the module tells people.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionMessages>();
        services.AddScoped<IReminderSource, SessionInvitations>();
        services.AddScoped<IReminderSource, SessionReminders>();
        services.AddScoped<IReminderSource, SessionChanges>();
        services.AddScoped<IReminderSource, SessionCancellations>();
        services.AddScoped<IReminderSource, SheetReminders>();
        services.AddScoped<IReminderSource, SheetEscalation>();
        services.AddScoped<IReminderSource, FeedbackReminder>();
        services.AddScoped<IReminderSource, QuestionAnswers>();
    }
}
