using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace TrainingSite.Kernel;

/// <summary>The host's two calls.</summary>
public static class ModuleExtensions
{
    /// <summary>
    /// Finds the installed modules (referenced = installed), takes out the disabled ones (<c>Site:DisabledFeatures</c>), and adds
    /// everybody's services. Reads <c>Site:Theme</c> (default Community).
    /// </summary>
    /// <exception cref="InvalidOperationException">The manifests or the configuration contradict each other; the message says how.</exception>
    public static ModuleCatalog AddModules(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var mvc = builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()))
            .AddViewLocalization()
            .AddDataAnnotationsLocalization()
            .AddJsonOptions(options =>
            {
                options.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
                options.JsonSerializerOptions.DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower;
                options.JsonSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
                options.JsonSerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            });
        var parts = mvc.PartManager.ApplicationParts;
        var catalog = ModuleCatalog.Load(
            [typeof(ModuleCatalog).Assembly, .. parts.OfType<AssemblyPart>().Select(part => part.Assembly)],
            configuration.GetSection("Site:DisabledFeatures").Get<string[]>() ?? []);
        foreach (var part in parts.Where(part => !IsEnabled(part, catalog)).ToArray())
        {
            parts.Remove(part);
        }

        mvc.PartManager.FeatureProviders.Add(new ModuleViews(catalog));
        mvc.PartManager.FeatureProviders.Add(new FeatureControllers(catalog));
        builder.Services.Configure<MvcOptions>(options => options.Conventions.Add(new ModuleAreaConvention(catalog)));
        var theme = new SiteTheme(configuration["Site:Theme"] is { Length: > 0 } id ? id : "Community");
        builder.Services.AddSingleton(theme);
        builder.Services.AddSingleton<IconSymbols>();
        builder.Services.Configure<RazorViewEngineOptions>(options => options.ViewLocationExpanders.Add(new ThemeViewLocationExpander(theme.Id, catalog)));

        var paths = SitePaths.From(configuration, builder.Environment);
        AddKernel(builder, catalog, paths);
        foreach (var startup in FindStartups(catalog))
        {
            startup.ConfigureServices(builder.Services, configuration);
            builder.Services.AddSingleton(startup);
        }

        builder.Services.AddSiteScheduler(configuration, paths);
        return catalog;
    }

    /// <summary>Maps the controllers and the modules' own endpoints.</summary>
    public static void UseModules(this WebApplication app)
    {
        // WithStaticAssets on conventional routes does nothing (dotnet/aspnetcore 59003); every controller has attribute routes.
        app.MapControllers().WithStaticAssets();
        foreach (var startup in app.Services.GetServices<StartupBase>())
        {
            startup.Configure(app);
        }
    }

    private static void AddKernel(WebApplicationBuilder builder, ModuleCatalog catalog, SitePaths paths)
    {
        var services = builder.Services;
        services.AddSingleton(catalog);
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        // Vietnamese letters as they are: written as entities they would triple a page's weight.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton<IStringLocalizerFactory, TextLocalizerFactory>();
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.AddSingleton(paths);
        services.AddSingleton(provider => new SiteAddress(provider.GetRequiredService<IConfiguration>()["Site:BaseUrl"]));
        services.AddSiteData(builder.Configuration, paths);
        services.AddSingleton<PermissionCatalog>();
        services.AddScoped<CurrentUser>();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicyProvider>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddScoped<NavigationManager>();
        services.AddScoped<EventPublisher>();
        services.AddScoped<RecipeExecutor>();
        services.AddScoped<INotifier, Notifier>();
        services.AddSingleton<PictureScaler>();
        services.AddSingleton<CommandHost>();
        services.AddSingleton<IConfigureOptions<MvcOptions>, ValidationMessages>();
        services.AddSingleton<IConfigureOptions<MvcDataAnnotationsLocalizationOptions>, ValidationMessages>();
    }

    private static bool IsEnabled(ApplicationPart part, ModuleCatalog catalog)
    {
        var assembly = part switch
        {
            AssemblyPart compiled => compiled.Assembly,
            CompiledRazorAssemblyPart razor => razor.Assembly,
            _ => null,
        };
        return catalog.Modules.FirstOrDefault(module => module.Assembly == assembly) is not { } module || catalog.IsEnabled(module.Id);
    }

    private static IEnumerable<StartupBase> FindStartups(ModuleCatalog catalog) =>
        catalog.Modules.Where(module => catalog.IsEnabled(module.Id))
            .SelectMany(module => module.Assembly.DefinedTypes)
            .Where(type => type.IsSubclassOf(typeof(StartupBase)) && !type.IsAbstract && catalog.IsActive(type))
            .Select(type => (StartupBase)Activator.CreateInstance(type)!);
}
