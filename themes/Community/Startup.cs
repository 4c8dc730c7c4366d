using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TrainingSite.Community;

/// <summary>The theme's service worker, at the root so that it may look after every page.</summary>
public sealed class Startup : Kernel.StartupBase
{
    /// <inheritdoc />
    public override void Configure(IEndpointRouteBuilder routes) =>
        routes.MapGet("/sw.js", (IWebHostEnvironment environment, HttpResponse response) =>
        {
            var file = environment.WebRootFileProvider.GetFileInfo("themes/community/dist/sw.js");
            // Browsers ask each time: an old worker would hold back all that is new.
            response.Headers.CacheControl = "no-cache";
            return file.Exists ? Results.Stream(file.CreateReadStream(), "text/javascript", lastModified: file.LastModified) : Results.NotFound();
        }).ExcludeFromDescription();
}
