using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.Kernel;

/// <summary>A module's entry: found by reflection, made without arguments, called once at start in dependency order.</summary>
public abstract class StartupBase
{
    /// <summary>Adds the module's services.</summary>
    public virtual void ConfigureServices(IServiceCollection services, IConfiguration configuration)
    {
    }

    /// <summary>Maps endpoints other than controllers.</summary>
    public virtual void Configure(IEndpointRouteBuilder routes)
    {
    }
}
