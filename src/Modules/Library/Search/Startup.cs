using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TrainingSite.Library.Models;
using TrainingSite.Search.Models;

namespace TrainingSite.Library.Search;

/// <summary>Documents in the search index.</summary>
[RequireFeatures("Search")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<ISearchSource, DocumentSource>();
        services.AddScoped<IEventHandler<DocumentChanged>, IndexDocument>();
    }
}
