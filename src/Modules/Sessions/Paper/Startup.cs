using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.Paper;

/// <summary>Attendance without power: sheets on paper, their codes, their photographs.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<PaperNumbers>();
        services.AddScoped<PaperEntry>();
        services.AddFileStore<PointPhotoFiles>();
        services.AddScoped<PointPhotos>();
        services.AddZoneContributor<SheetPapersViewComponent>("sheet-more", 30);
        services.AddZoneContributor<SessionPapersViewComponent>("session-staff", 30);
    }
}
