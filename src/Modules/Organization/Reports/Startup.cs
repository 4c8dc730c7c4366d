using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Models;

namespace TrainingSite.Organization.Reports;

/// <summary>The module's reports, while there is somebody to show them.</summary>
[RequireFeatures("Reports")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services
        .AddScoped<IReport, TeamStatistics>()
        .AddScoped<IReport, TeamCoverage>()
        .AddScoped<IReportFilterSource, ReportUnits>();
}
