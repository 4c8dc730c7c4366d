using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace TrainingSite.Courses.Scorm;

/// <summary>
/// Files of packages: other people's pages and scripts. They run in a sandbox without an origin or under a host name of their own, reach nothing but their
/// own package, and carry nobody's session. Each page gets our script in front, which holds the SCORM interface and speaks with the page around it.
/// </summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AllowAnonymous]
public sealed class PackageFileController(PackageAddress addresses, PackageHost host, ScormPackages packages, ScormFiles files) : Controller
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    [HttpGet("scorm/{token}/{**path}")]
    [HttpHead("scorm/{token}/{**path}")]
    public async Task<IActionResult> Show(string token, string? path, CancellationToken cancellationToken)
    {
        // A page of the site in place of a missing picture would only cost data.
        if (HttpContext.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        // A service worker would outlive the visit and answer in the package's place.
        if (path is null || Request.Headers.ContainsKey("Service-Worker") || addresses.Read(token) is not { } sha256 || await packages.FindAsync(sha256, cancellationToken) is not { } package
            || !package.Files.TryGetValue(VietnameseText.Normalize(path), out var place))
        {
            return NotFound();
        }

        var file = files.PathOf(sha256, place);
        if (!System.IO.File.Exists(file))
        {
            // Swept away since the address was given out.
            return NotFound();
        }

        var own = $"{Request.Host}{Request.PathBase}";
        Response.Headers.ContentSecurityPolicy = Policy(PackageHost.SandboxOf(host.Is(Request.Host)), $"{own}/scorm/{token}/", $"{own}{PackageHost.Scripts}/");
        // The frame may have no origin, so all that it asks for comes from elsewhere; the address is what opens the files.
        Response.Headers.AccessControlAllowOrigin = "*";
        Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        Response.Headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=()";
        Response.Headers.CacheControl = "private, max-age=86400, immutable";
        if (Path.GetExtension(path).ToUpperInvariant() is ".HTML" or ".HTM")
        {
            var page = await System.IO.File.ReadAllBytesAsync(file, cancellationToken);
            return File(PageScript.Insert(page, $"{Request.PathBase}{PackageHost.Scripts}/{ScriptOf(package.Edition)}"), PageScript.TypeOf(page));
        }

        var type = ContentTypes.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        return PhysicalFile(file, type, null, new EntityTagHeaderValue($"\"{sha256[..16]}-{place}\""), enableRangeProcessing: true);
    }

    /// <summary>Whether that is one of the scripts that stand in front of pages.</summary>
    internal static bool IsScript(PathString path) => Enum.GetValues<ScormEdition>().Any(edition => path == $"{PackageHost.Scripts}/{ScriptOf(edition)}");

    private static string ScriptOf(ScormEdition edition) => edition switch
    {
        ScormEdition.Scorm12 => "scorm12.js",
        ScormEdition.Scorm2004 => "scorm2004.js",
    };

    private static string Policy(string sandbox, string package, string script) => new StringBuilder($"sandbox {sandbox}; ")
        .Append($"default-src {package} data: blob:; script-src {package} {script} 'unsafe-inline' 'unsafe-eval' data: blob:; style-src {package} 'unsafe-inline' data: blob:; ")
        .Append($"form-action {package}; base-uri {package}; object-src 'none'").ToString();
}
