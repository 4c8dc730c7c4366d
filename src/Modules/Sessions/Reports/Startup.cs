using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Models;
using TrainingSite.Sessions.Budget;
using TrainingSite.Sessions.Feedback;

namespace TrainingSite.Sessions.Reports;

/// <summary>The module's reports.</summary>
[RequireFeatures("Reports")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SessionReportReader>();
        services.AddScoped<IReportFilterSource, SessionChoices>();
        services.AddScoped<IReport, SessionAttendanceReport>();
        services.AddScoped<IReport, SessionPointsReport>();
        services.AddScoped<IReport, SessionFeedbackReport>();
        services.AddScoped<IReport, SessionBudgetReport>();
        services.AddScoped<IReport, SessionMissedReport>();
    }
}
