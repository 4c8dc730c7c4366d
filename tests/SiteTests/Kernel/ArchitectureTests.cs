using System.Reflection;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>"Call down, publish up": who may refer to whom, checked from the assemblies themselves.</summary>
public sealed class ArchitectureTests
{
    /// <summary>From the top of the picture in docs/architecture.md to its bottom; a module may only refer to those before it.</summary>
    private static readonly string[][] Layers =
    [
        ["Kernel"],
        ["Media", "Notifications", "Search", "Reports", "Jobs"],
        ["Accounts"],
        ["Organization"],
        ["Library"],
        ["Courses"],
        ["Sessions"],
    ];

    public static TheoryData<string> Modules => [.. Layers.SelectMany(layer => layer)];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Module_References_OnlyModulesAboveIt(string module)
    {
        var above = Layers.TakeWhile(layer => !layer.Contains(module)).SelectMany(layer => layer).Select(name => $"TrainingSite.{name}").ToHashSet();

        var referenced = Assembly.Load($"TrainingSite.{module}").GetReferencedAssemblies()
            .Select(name => name.Name!).Where(name => name.StartsWith("TrainingSite.", StringComparison.Ordinal));

        Assert.All(referenced, name => Assert.Contains(name, above));
    }

    [Fact]
    public void Layers_NameEveryInstalledModule()
    {
        var installed = Directory.EnumerateFiles(AppContext.BaseDirectory, "TrainingSite.*.dll")
            .Select(path => Assembly.LoadFrom(path))
            .Where(assembly => assembly.GetCustomAttribute<ModuleAttribute>() is not null)
            .Select(assembly => assembly.GetCustomAttribute<ModuleAttribute>()!.Id);

        Assert.Equal(Layers.SelectMany(layer => layer).Order(), installed.Order());
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Entity_Setters_AreInternal(string module)
    {
        var entities = Assembly.Load($"TrainingSite.{module}").DefinedTypes
            .Where(type => type.ImplementedInterfaces.Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)))
            .Select(configuration => configuration.ImplementedInterfaces.First(face => face.IsGenericType).GetGenericArguments()[0]);

        Assert.All(entities.SelectMany(entity => entity.GetProperties()), property =>
            Assert.False(property.SetMethod is { IsPublic: true }, $"{property.DeclaringType!.Name}.{property.Name} can be written from another module."));
    }
}
