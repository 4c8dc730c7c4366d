namespace TrainingSite.Kernel;

/// <summary>
/// Marks an assembly as a module. Written in the module's <c>Manifest.cs</c>. A referenced module is an installed module;
/// its tables always exist, its pages, services and tasks only while the feature of the same name is enabled.
/// </summary>
/// <param name="id">The module's id: its area, its folder and the first part of its table names.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ModuleAttribute(string id) : Attribute
{
    /// <summary>The module's id.</summary>
    public string Id { get; } = id;

    /// <summary>The name that people read.</summary>
    public string Name { get; init; } = id;

    /// <summary>One sentence: what the module is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Ids of the features that must be enabled for this one to work.</summary>
    public string[] Dependencies { get; init; } = [];
}

/// <summary>Marks an assembly as a theme: a module whose views come before those of all other modules.</summary>
/// <param name="id">The theme's id, as written in <c>Site:Theme</c>.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ThemeAttribute(string id) : Attribute
{
    /// <summary>The theme's id.</summary>
    public string Id { get; } = id;

    /// <summary>The name that people read.</summary>
    public string Name { get; init; } = id;
}
