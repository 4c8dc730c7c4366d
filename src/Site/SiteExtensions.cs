using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TrainingSite.Site;

/// <summary>What belongs to the host and not to a module: keys, headers, compression, errors, health, OpenAPI.</summary>
internal static class SiteExtensions
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    public static void AddSite(this WebApplicationBuilder builder)
    {
        // Unpublished runs outside Development need this to find the modules' static files.
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddSingleton<ICommandProvider, SiteCommands>();
        services.AddScoped<INavigationProvider, MainMenu>();
        var paths = services.Single(service => service.ServiceType == typeof(SitePaths)).ImplementationInstance as SitePaths;
        services.AddDataProtection().SetApplicationName("TrainingSite").PersistKeysToFileSystem(new DirectoryInfo(paths!.Folder("keys")))
            // As strong as the default and twice as fast: each page opens a sign-in and an antiforgery cookie.
            .UseCryptographicAlgorithms(new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddOpenApi("v1", options => options.ShouldInclude = api => api.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) ?? false);
        services.Configure<JsonOptions>(options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        services.AddProblemDetails();
        services.AddExceptionHandler<StorageFailureHandler>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json", "text/calendar"];
        });
        // The fastest level packs each piece of a page for itself: the attendance sheet of 60 people is then half as large again.
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.AddHealthChecks().AddDbContextCheck("database");
    }

    public static void UseSite(this WebApplication app)
    {
        app.UseResponseCompression();
        app.UseExceptionHandler("/error/500");
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api => api.UseStatusCodePages());
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            await next(context);
        });
        // No name, code or word of a search holds U+0000, and PostgreSQL refuses it.
        app.UseWhen(context => context.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true, refused => refused.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }));
        app.UseRequestLocalization(Languages.Options);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapStaticAssets();
        app.UseModules();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }

    private static IHealthChecksBuilder AddDbContextCheck(this IHealthChecksBuilder checks, string name) =>
        checks.Add(new HealthCheckRegistration(name, services => new DatabaseHealthCheck(services.GetRequiredService<SiteDbContext>()), HealthStatus.Unhealthy, tags: null));

    private sealed class DatabaseHealthCheck(SiteDbContext db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await db.Database.CanConnectAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy(string.Create(CultureInfo.InvariantCulture, $"The database ({db.Database.ProviderName}) does not answer."));
    }
}
