using System.Reflection;
using System.Resources;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TrainingSite.Kernel;

/// <summary>
/// Finds a text whatever its capitals: the names in a resource file know no case, and "Vắng" and "vắng" are one text there.
/// </summary>
internal sealed class TextLocalizerFactory(IOptions<LocalizationOptions> options, ILoggerFactory loggers) : ResourceManagerStringLocalizerFactory(options, loggers)
{
    private readonly ResourceNamesCache _names = new();
    private readonly ILogger _logger = loggers.CreateLogger<ResourceManagerStringLocalizer>();

    protected override ResourceManagerStringLocalizer CreateResourceManagerStringLocalizer(Assembly assembly, string baseName) =>
        new(new ResourceManager(baseName, assembly) { IgnoreCase = true }, assembly, baseName, _names, _logger);
}
