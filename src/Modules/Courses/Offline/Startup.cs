using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.Offline;

/// <summary>Learning without a network: what phones keep of a course, and what they send when the signal is back.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<OfflineCourses>();
        services.AddScoped<QuizPapers>();
        services.AddScoped<LearningInbox>();
        services.AddBackgroundTask<ForgetLearningTask>();
    }
}
