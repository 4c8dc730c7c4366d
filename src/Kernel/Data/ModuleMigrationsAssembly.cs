using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Kernel;

/// <summary>
/// Feeds EF's own migrator with the hand-written migrations of every installed module. Their ids begin with fourteen digits
/// and so sort over all modules: <c>20260101000000_Kernel_Create</c>.
/// </summary>
internal sealed class ModuleMigrationsAssembly(ICurrentDbContext current) : IMigrationsAssembly
{
    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } = new SortedDictionary<string, TypeInfo>(
        current.Context.GetService<ModuleCatalog>().Modules
            .SelectMany(module => module.Assembly.DefinedTypes)
            .Where(type => type.IsSubclassOf(typeof(Migration)) && !type.IsAbstract)
            .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
        StringComparer.Ordinal);

    public ModelSnapshot? ModelSnapshot => null;

    public Assembly Assembly => typeof(SiteDbContext).Assembly;

    public string? FindMigrationId(string nameOrId) =>
        Migrations.Keys.FirstOrDefault(id => id == nameOrId || id.EndsWith("_" + nameOrId, StringComparison.Ordinal));

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass.AsType())!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }
}
