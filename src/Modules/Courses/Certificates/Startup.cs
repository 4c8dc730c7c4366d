using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Courses.Certificates;

/// <summary>Certificates of completions: on paper, and to be checked by anybody.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CertificateSheet>();
        services.AddScoped<CertificateService>();
        services.AddScoped<CertificateDesigns>();
        services.AddScoped<UnitCertificates>();
    }
}
