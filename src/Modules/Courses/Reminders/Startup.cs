using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Notifications.Models;

namespace TrainingSite.Courses.Reminders;

/// <summary>Reminds people of courses they began, and of results that end; tells what became of what they sent in.</summary>
[RequireFeatures("Notifications")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IReminderSource, CourseNudge>();
        services.AddScoped<IReminderSource, CompletionExpiry>();
        services.AddScoped<IReminderSource, ReturnedCourses>();
        services.AddScoped<IReminderSource, ExternalDecisions>();
    }
}
