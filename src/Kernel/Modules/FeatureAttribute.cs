namespace TrainingSite.Kernel;

/// <summary>
/// On an assembly: declares a further feature of the module, which can be switched off by itself.
/// On a <see cref="StartupBase"/> or a controller: the class is active only while that feature is enabled.
/// </summary>
/// <param name="id">The feature's id, such as <c>Courses.Editor</c>.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true)]
public sealed class FeatureAttribute(string id) : Attribute
{
    /// <summary>The feature's id.</summary>
    public string Id => id;

    /// <summary>Ids of the features that must be enabled for this one (only read on an assembly).</summary>
    public string[] Dependencies { get; init; } = [];
}

/// <summary>
/// The class is active only while all the named features are enabled: a module's <c>Reports/Startup.cs</c> bears
/// <c>[RequireFeatures("Reports")]</c>, so that switching the collector off takes the contribution with it.
/// </summary>
/// <param name="features">Ids of the features that are needed.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequireFeaturesAttribute(params string[] features) : Attribute
{
    /// <summary>Ids of the features that are needed.</summary>
    public string[] Features => features;
}
