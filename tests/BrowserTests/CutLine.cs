using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace TrainingSite.BrowserTests;

/// <summary>
/// A line that breaks when the server has taken something and its answer is on the way, or on which nothing moves. On the server's side, because what a service worker sends passes by
/// whatever stands between a page and the network.
/// </summary>
public sealed class CutLine : IStartupFilter
{
    private string? _path;
    private (string Path, Task End)? _held;
    private int _cuts;

    /// <summary>How often it broke.</summary>
    public int Cuts => _cuts;

    /// <summary>Breaks at the next answer to something posted there.</summary>
    public void CutNext(string path) => _path = path;

    /// <summary>Lets nothing that is asked for there through until the task is done.</summary>
    public void Hold(string path, Task end) => _held = (path, end);

    private bool IsCut(HttpRequest request)
    {
        var path = _path;
        return path is not null && HttpMethods.IsPost(request.Method) && request.Path == path && ReferenceEquals(Interlocked.CompareExchange(ref _path, null, path), path);
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, go) =>
        {
            if (_held is { } held && context.Request.Path == held.Path)
            {
                await held.End;
            }

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
