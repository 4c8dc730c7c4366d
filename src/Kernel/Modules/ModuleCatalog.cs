using System.Reflection;

namespace TrainingSite.Kernel;

/// <summary>One installed module or theme.</summary>
/// <param name="Id">Its id, which is also its area.</param>
/// <param name="Name">The name that people read.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Assembly">Where its types are.</param>
/// <param name="IsTheme">Whether it is a theme.</param>
public sealed record ModuleInfo(string Id, string Name, string Description, Assembly Assembly, bool IsTheme);

/// <summary>What is installed, in dependency order (the Kernel first), and which features are enabled.</summary>
public sealed class ModuleCatalog
{
    private readonly HashSet<string> _enabled;

    private ModuleCatalog(IReadOnlyList<ModuleInfo> modules, HashSet<string> enabled)
    {
        Modules = modules;
        _enabled = enabled;
    }

    /// <summary>Installed modules and themes in dependency order. Models and migrations come from all of them, enabled or not.</summary>
    public IReadOnlyList<ModuleInfo> Modules { get; }

    /// <summary>Ids of the enabled features, for the admin page.</summary>
    public IReadOnlySet<string> Features => _enabled;

    /// <summary>Whether the feature is installed and not switched off.</summary>
    public bool IsEnabled(string feature) => _enabled.Contains(feature);

    /// <summary>Whether a module that is installed is switched off.</summary>
    public bool HasDisabled => !Modules.All(module => IsEnabled(module.Id));

    /// <summary>Whether the class's <see cref="FeatureAttribute"/> and <see cref="RequireFeaturesAttribute"/> are all satisfied.</summary>
    public bool IsActive(Type type) =>
        type.GetCustomAttributes<FeatureAttribute>().All(feature => IsEnabled(feature.Id))
        && (type.GetCustomAttribute<RequireFeaturesAttribute>()?.Features.All(IsEnabled) ?? true);

    /// <summary>
    /// Reads the manifests of the given assemblies.
    /// </summary>
    /// <param name="assemblies">The application's assemblies; those without a manifest are left out.</param>
    /// <param name="disabledFeatures">Ids from <c>Site:DisabledFeatures</c>.</param>
    /// <exception cref="InvalidOperationException">Two modules of one id, an unknown dependency, a cycle, an unknown disabled
    /// feature, or an enabled feature that needs a disabled one. The message names both.</exception>
    public static ModuleCatalog Load(IEnumerable<Assembly> assemblies, IReadOnlyCollection<string> disabledFeatures)
    {
        var modules = new Dictionary<string, ModuleInfo>(StringComparer.Ordinal);
        var dependencies = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var assembly in assemblies.Distinct())
        {
            if (Describe(assembly) is not { } module)
            {
                continue;
            }

            if (!modules.TryAdd(module.Id, module))
            {
                throw new InvalidOperationException($"Two modules are called '{module.Id}': {modules[module.Id].Assembly.GetName().Name} and {assembly.GetName().Name}.");
            }

            dependencies[module.Id] = assembly.GetCustomAttribute<ModuleAttribute>()?.Dependencies ?? [];
            foreach (var feature in assembly.GetCustomAttributes<FeatureAttribute>())
            {
                dependencies[feature.Id] = [module.Id, .. feature.Dependencies];
            }
        }

        foreach (var disabled in disabledFeatures.Where(id => !dependencies.ContainsKey(id)))
        {
            throw new InvalidOperationException($"Site:DisabledFeatures names '{disabled}', which is not installed. Installed: {string.Join(", ", dependencies.Keys.Order(StringComparer.Ordinal))}.");
        }

        var enabled = dependencies.Keys.Except(disabledFeatures).ToHashSet(StringComparer.Ordinal);
        foreach (var feature in enabled)
        {
            foreach (var needed in dependencies[feature].Where(id => !enabled.Contains(id)))
            {
                throw new InvalidOperationException(dependencies.ContainsKey(needed)
                    ? $"Feature '{feature}' needs '{needed}', which is disabled. Disable '{feature}' too, or enable '{needed}'."
                    : $"Feature '{feature}' needs '{needed}', which is not installed.");
            }
        }

        return new ModuleCatalog(Sort(modules, dependencies), enabled);
    }

    private static ModuleInfo? Describe(Assembly assembly) =>
        assembly.GetCustomAttribute<ModuleAttribute>() is { } module ? new(module.Id, module.Name, module.Description, assembly, IsTheme: false)
        : assembly.GetCustomAttribute<ThemeAttribute>() is { } theme ? new(theme.Id, theme.Name, "", assembly, IsTheme: true)
        : null;

    private static List<ModuleInfo> Sort(Dictionary<string, ModuleInfo> modules, Dictionary<string, string[]> dependencies)
    {
        var ordered = new List<ModuleInfo>();
        var path = new List<string>();

        void Visit(string id)
        {
            if (!modules.TryGetValue(id, out var module) || ordered.Contains(module))
            {
                return;
            }

            if (path.Contains(id))
            {
                throw new InvalidOperationException($"Modules need each other in a circle: {string.Join(" → ", path)} → {id}.");
            }

            path.Add(id);
            foreach (var dependency in dependencies[id].Order(StringComparer.Ordinal))
            {
                Visit(dependency);
            }

            path.Remove(id);
            ordered.Add(module);
        }

        foreach (var id in modules.Keys.OrderBy(id => id != "Kernel").ThenBy(id => id, StringComparer.Ordinal))
        {
            Visit(id);
        }

        return ordered;
    }
}
