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

    /// <summary>Below these of a country anybody registers names, as below gov.vn.</summary>
    private static readonly HashSet<string> SharedSuffixes = ["AC", "CO", "COM", "EDU", "GOV", "HEALTH", "INFO", "INT", "NET", "ORG"];

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
            // A package that opens this page in a window has no hold on it: in its frame is another package of the same origin.
            context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups";
        }

        return beside;
    }

    /// <summary>What a package's page may do, in the words of HTML's <c>sandbox</c>.</summary>
    /// <param name="isApart">Whether it is served under the packages' own host name.</param>
    public static string SandboxOf(bool isApart) => isApart ? SandboxApart : Sandbox;

    /// <summary>Whether that is the packages' host name.</summary>
    public bool Is(HostString host) => Own is { Length: > 0 } own && host.Host.Equals(own, StringComparison.OrdinalIgnoreCase);

    /// <summary>Host and port for the packages of a reader who came by <paramref name="host"/>; null when there are none but the site's own.</summary>
    public string? BesideOf(HostString host)
    {
        // Names under .localhost are known on the machine itself only.
        if (Own is not { Length: > 0 } own || (IsLocal(own) && !IsLocal(host.Host)))
        {
            return null;
        }

        return (host.Port is { } port ? new HostString(own, port) : new HostString(own)).ToUriComponent();
    }

    /// <summary>Whether cookies that one name sets can reach the other: below one name that somebody registered, they can.</summary>
    internal static bool ShareCookies(string one, string other)
    {
        var (labels, others) = (one.ToUpperInvariant().Split('.'), other.ToUpperInvariant().Split('.'));
        var common = labels.Reverse().Zip(others.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return one.Equals(other, StringComparison.OrdinalIgnoreCase) || common > 2 || (common == 2 && !SharedSuffixes.Contains(labels[^2]));
    }

    /// <summary>As requests are read: names with accents as people write them.</summary>
    private string Own => HostString.FromUriComponent(options.Value.Host).Host;

    private static bool IsLocal(string host) => host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) || host is "127.0.0.1" or "[::1]";
}

/// <summary>Lets nothing but packages be answered under their host name: a page of the site there would be theirs to read.</summary>
internal sealed class PackageHostFilter(PackageHost host) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(context => host.Is(context.Request.Host) && !IsPackage(context.Request), refused => refused.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        next(app);
    };

    /// <summary>What the site answers without a page of its own, also when it is not there.</summary>
    private static bool IsPackage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && ((request.Path.StartsWithSegments(PackageHost.Files, out var file) && file.Value is { Length: > 1 } path && path.IndexOf('/', 1) > 1) || PackageFileController.IsScript(request.Path));
}
