using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace TrainingSite.Courses.Scorm;

/// <summary>
/// A host name that packages have to themselves, beside the site's own: there their pages have an origin, so they see each other and open windows, and
/// reach nothing of the site all the same, because it answers nothing else there.
/// </summary>
public sealed class PackageHost(IOptions<ScormOptions> options)
{
    /// <summary>Where the scripts are that stand in front of each page of a package.</summary>
    internal const string Scripts = "/modules/courses/dist";

    /// <summary>Where the files of packages are.</summary>
    internal const string Files = "/scorm";

    private const string Sandbox = "allow-scripts allow-forms";
    private const string SandboxApart = $"{Sandbox} allow-same-origin allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads";

    /// <summary>Lets the page that is being answered show packages, which its policy forbids when they come from another host.</summary>
    /// <returns>Host and port that they come from; null for the site's own.</returns>
    public string? Admit(HttpContext context)
    {
        var beside = BesideOf(context.Request.Host);
        if (beside is not null)
        {
            context.Response.Headers.ContentSecurityPolicy = $"{context.Response.Headers.ContentSecurityPolicy}; frame-src {beside}";
        }

        return beside;
    }

    /// <summary>What a package's page may do, in the words of HTML's <c>sandbox</c>.</summary>
    /// <param name="isApart">Whether it is served under the packages' own host name.</param>
    public static string SandboxOf(bool isApart) => isApart ? SandboxApart : Sandbox;

    /// <summary>Whether that is the packages' host name.</summary>
    public bool Is(HostString host) => options.Value.Host.Length > 0 && host.Host.Equals(options.Value.Host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Host and port for the packages of a reader who came by <paramref name="host"/>; null when there are none but the site's own.</summary>
    public string? BesideOf(HostString host)
    {
        // Names under .localhost are known on the machine itself only.
        if (options.Value.Host.Length == 0 || (IsLocal(options.Value.Host) && !IsLocal(host.Host)))
        {
            return null;
        }

        return (host.Port is { } port ? new HostString(options.Value.Host, port) : new HostString(options.Value.Host)).ToUriComponent();
    }

    private static bool IsLocal(string host) => host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}

/// <summary>Lets nothing but packages be answered under their host name: a page of the site there would be theirs to read.</summary>
internal sealed class PackageHostFilter(PackageHost host) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(context => host.Is(context.Request.Host) && !context.Request.Path.StartsWithSegments(PackageHost.Files) && !context.Request.Path.StartsWithSegments(PackageHost.Scripts), refused => refused.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        next(app);
    };
}
