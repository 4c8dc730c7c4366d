using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TrainingSite.Bench;

/// <summary>The product's own services on a fresh, empty database; nothing is served.</summary>
internal sealed class BenchSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private BenchSite(WebApplication app, DirectoryInfo data, string database) => (_app, _data, Database) = (app, data, database);

    /// <summary>"SQLite" or "PostgreSQL".</summary>
    public string Database { get; }

    /// <summary>Starts.</summary>
    /// <param name="postgres">Connection string of a PostgreSQL server without a database; null for SQLite.</param>
    /// <param name="services">Further services.</param>
    public static async Task<BenchSite> StartAsync(string? postgres, Action<IServiceCollection>? services = null)
    {
        var data = Directory.CreateTempSubdirectory("bench-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TrainingSite.Site", ContentRootPath = data.FullName });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Site:DataPath"] = data.FullName,
            ["Jobs:Enabled"] = "false",
            ["Database:Provider"] = postgres is null ? "Sqlite" : "PostgreSql",
            ["ConnectionStrings:Site"] = postgres is null ? null : $"{postgres};Database=bench_{Guid.NewGuid():N}",
        });
        builder.AddModules();
        services?.Invoke(builder.Services);
        var site = new BenchSite(builder.Build(), data, postgres is null ? "SQLite" : "PostgreSQL");
        await site.WithAsync(async scope =>
        {
            await scope.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            return true;
        });
        return site;
    }

    /// <summary>Runs something with the site's services in a scope of its own.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> action)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await action(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await WithAsync(services => services.GetRequiredService<SiteDbContext>().Database.EnsureDeletedAsync());
        await _app.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }
}
