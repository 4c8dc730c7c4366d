using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Models;

namespace TrainingSite.Courses.Reports;

/// <summary>The module's reports.</summary>
[RequireFeatures("Reports")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ReportArea>();
        services.AddScoped<IReport, MemberCompletionReport>();
        services.AddScoped<IReport, CourseProgressReport>();
    }
}
