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

    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
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

        await using var scope = _factory.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        if (Recipe is { } recipe)
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, _ => { }), $"No recipe '{recipe}'.");
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

    protected virtual Task DropDatabaseAsync() => Task.CompletedTask;
}

/// <summary>A site on SQLite.</summary>
public class SqliteSite : SiteFixture
{
    protected override IEnumerable<(string Key, string Value)> DatabaseSettings() => [("Database:Provider", "Sqlite")];

    protected override Task DropDatabaseAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
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

    protected override async Task DropDatabaseAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await using var server = new NpgsqlConnection($"{Server};Database=postgres");
        await server.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{_database}\" WITH (FORCE)", server);
        await drop.ExecuteNonQueryAsync();
    }
}
