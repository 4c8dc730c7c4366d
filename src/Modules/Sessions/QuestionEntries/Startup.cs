using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Sessions.QuestionEntries;

/// <summary>Answered questions as entries of the library.</summary>
[RequireFeatures("Library")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc />
    public override void ConfigureServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<QuestionEntryService>();
}
