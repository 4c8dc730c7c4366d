using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Reports.Commands;
using TrainingSite.Reports.Services;
using TrainingSite.Reports.Writers;

namespace TrainingSite.Reports;

/// <summary>The module's services.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddPermissions<Permissions>();
        services.AddSingleton<INavigationProvider, AdminMenu>();
        services.AddSingleton<ICommandProvider, ReportCommands>();
        services.AddScoped<ReportService>();
        services.AddScoped<ReportExporter>();
        services.AddScoped<IReportWriter, JsonReportWriter>();
        services.AddScoped<IReportWriter, CsvReportWriter>();
        services.AddScoped<IReportWriter, XlsxReportWriter>();
        services.AddScoped<IReportWriter, DocxReportWriter>();
        services.AddScoped<IReportWriter, PdfReportWriter>();
    }
}
