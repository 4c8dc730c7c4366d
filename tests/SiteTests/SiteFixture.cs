using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace TrainingSite.SiteTests;

/// <summary>
/// A real site on a real, empty database of its own, with a clock that stands still until told. Behaviour tests are written once in an
/// abstract class that takes a <see cref="SiteFixture"/>, and run by two one-line classes: one with <see cref="SqliteSite"/>,
/// one with <see cref="PostgreSqlSite"/>.
/// </summary>
public abstract class SiteFixture : IAsyncLifetime
{
    private WebApplicationFactory<Program>? _factory;

    /// <summary>The site's clock; starts on 22 November 2026, 09:00 in Vietnam.</summary>
    public ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero));

    /// <summary>Folder of the site's files, deleted at the end; a long name that no line can break, as real servers have.</summary>
    public string DataPath { get; } = Directory.CreateTempSubdirectory("trainingsite_du_lieu_cua_mot_ban_kiem_thu_").FullName;

    public IServiceProvider Services => _factory!.Services;

    /// <summary>Recipe that the site starts from; null for an empty site.</summary>
    protected virtual string? Recipe => "test";

    /// <summary>Whether the site listens on a real port for a browser, instead of being called in memory.</summary>
    protected virtual bool Listens => false;

    /// <summary>Where the site listens; only with <see cref="Listens"/>.</summary>
    public Uri Address => _factory!.ClientOptions.BaseAddress;

    protected abstract IEnumerable<(string Key, string Value)> DatabaseSettings();

    /// <summary>Further settings, such as <c>Site:DisabledFeatures:0</c>.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings() => [];

    /// <summary>Further services, such as a reminder source of the test's own.</summary>
    protected virtual void AddServices(IServiceCollection services)
    {
    }

    /// <summary>The kind of site that this one starts as a copy of, because both would be filled alike; null when it must be filled by itself.</summary>
    protected virtual Type? Template => null;

    /// <summary>Whether nothing that the recipe could notice differs from other sites.</summary>
    protected bool IsUsual => Recipe == "test" && !Listens && !Settings().Any();

    public async ValueTask InitializeAsync()
    {
        if (Template is { } kind)
        {
            await CopyAsync(await SiteTemplates.FindAsync(kind));
            Start();
        }
        else
        {
            await CreateDatabaseAsync();
            Start();
            await MigrateAndFillAsync();
        }
    }

    private void Start()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Testing");
            host.UseSetting("Site:DataPath", DataPath);
            host.UseSetting("Site:AllowDemoAccounts", "true");
            host.UseSetting("Site:SetupRecipe", "");
            host.UseSetting("Jobs:Enabled", "false");
            foreach (var (key, value) in DatabaseSettings().Concat(Settings()))
            {
                host.UseSetting(key, value);
            }

            host.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                // Hashing passwords as slowly as a site should would take half of the tests' time.
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
                AddServices(services);
            });
            host.UseDefaultServiceProvider(options =>
            {
                options.ValidateScopes = true;
                options.ValidateOnBuild = true;
            });
        });
        if (Listens)
        {
            // Port 0: any free one.
            _factory.UseKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0));
            _factory.StartServer();
        }
    }

    private async Task MigrateAndFillAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        if (Recipe is { } recipe)
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, _ => { }), $"No recipe '{recipe}'.");
        }
    }

    /// <summary>Fills the site, and stops it: what it holds can be copied then.</summary>
    public async Task FillAsync()
    {
        await CreateDatabaseAsync();
        Start();
        await MigrateAndFillAsync();
        await _factory!.DisposeAsync();
        _factory = null;
        CloseDatabase();
    }

    private async Task CopyAsync(SiteFixture template)
    {
        await CopyDatabaseAsync(template);
        foreach (var file in Directory.EnumerateFiles(template.DataPath, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(DataPath, Path.GetRelativePath(template.DataPath, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>A browser without script: keeps cookies, does not follow redirects.</summary>
    public HttpClient CreateClient() => _factory!.CreateDefaultClient(new CookieJar(Clock));

    /// <summary>Runs something with the site's services in a scope of its own.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> action)
    {
        await using var scope = Services.CreateAsyncScope();
        return await action(scope.ServiceProvider);
    }

    /// <summary>Asks the database directly.</summary>
    public Task<T> QueryAsync<T>(Func<SiteDbContext, Task<T>> query) => WithAsync(services => query(services.GetRequiredService<SiteDbContext>()));

    public virtual async ValueTask DisposeAsync()
    {
        if (_factory is not null)
        {
            await _factory.DisposeAsync();
        }

        await DropDatabaseAsync();
        Directory.Delete(DataPath, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected virtual Task CreateDatabaseAsync() => Task.CompletedTask;

    /// <summary>Copies the database of a stopped site, unless it lies among the site's files.</summary>
    protected virtual Task CopyDatabaseAsync(SiteFixture template) => Task.CompletedTask;

    /// <summary>Lets go of the database's connections.</summary>
    protected virtual void CloseDatabase()
    {
    }

    protected virtual Task DropDatabaseAsync() => Task.CompletedTask;
}

/// <summary>A site on SQLite.</summary>
public class SqliteSite : SiteFixture
{
    protected override Type? Template => IsUsual ? typeof(SqliteSite) : null;

    protected override IEnumerable<(string Key, string Value)> DatabaseSettings() => [("Database:Provider", "Sqlite")];

    protected override void CloseDatabase() => Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

    protected override Task DropDatabaseAsync()
    {
        CloseDatabase();
        return Task.CompletedTask;
    }
}

/// <summary>A site on PostgreSQL: a fresh database on the server in <c>TEST_POSTGRES</c>, which <c>test.sh</c> starts.</summary>
public class PostgreSqlSite : SiteFixture
{
    private readonly string _database = $"site_{Guid.NewGuid():N}";

    private static string Server => Environment.GetEnvironmentVariable("TEST_POSTGRES")
        ?? throw new InvalidOperationException("TEST_POSTGRES is not set. Run ./test.sh, or start PostgreSQL and set it to a connection string without a database.");

    protected override IEnumerable<(string Key, string Value)> DatabaseSettings() =>
        [("Database:Provider", "PostgreSql"), ("ConnectionStrings:Site", $"{Server};Database={_database};Maximum Pool Size=20")];

    protected override Type? Template => IsUsual ? typeof(PostgreSqlSite) : null;

    protected override void CloseDatabase() => NpgsqlConnection.ClearAllPools();

    protected override Task CopyDatabaseAsync(SiteFixture template) => AskServerAsync($"CREATE DATABASE \"{_database}\" TEMPLATE \"{((PostgreSqlSite)template)._database}\"");

    protected override Task DropDatabaseAsync()
    {
        CloseDatabase();
        return AskServerAsync($"DROP DATABASE IF EXISTS \"{_database}\" WITH (FORCE)");
    }

    private static async Task AskServerAsync(string sql)
    {
        await using var server = new NpgsqlConnection($"{Server};Database=postgres");
        await server.OpenAsync();
        await using var command = new NpgsqlCommand(sql, server);
        await command.ExecuteNonQueryAsync();
    }
}
