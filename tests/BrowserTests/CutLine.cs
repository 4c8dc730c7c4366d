using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TrainingSite.BrowserTests;

/// <summary>
/// A line that breaks when the server has taken something and its answer is on the way. On the server's side, because what a service worker sends passes by
/// whatever stands between a page and the network.
/// </summary>
public sealed class CutLine : IStartupFilter
{
    private string? _path;
    private int _cuts;

    /// <summary>How often it broke.</summary>
    public int Cuts => _cuts;

    /// <summary>Breaks at the next answer to something posted there.</summary>
    public void CutNext(string path) => _path = path;

    private bool IsCut(HttpRequest request)
    {
        var path = _path;
        return path is not null && HttpMethods.IsPost(request.Method) && request.Path == path && ReferenceEquals(Interlocked.CompareExchange(ref _path, null, path), path);
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, go) =>
        {
            if (!IsCut(context.Request))
            {
                await go(context);
                return;
            }

            var line = context.Response.Body;
            context.Response.Body = Stream.Null;
            await go(context);
            context.Response.Body = line;
            // Begun, so that the browser does not take it for a connection that was closed before and repeats the request by itself.
            await context.Response.StartAsync();
            await line.FlushAsync();
            Interlocked.Increment(ref _cuts);
            context.Abort();
        });
        next(app);
    };
}
