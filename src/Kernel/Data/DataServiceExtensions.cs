using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace TrainingSite.Kernel;

/// <summary>Chooses the database by configuration: <c>Database:Provider</c> (<c>Sqlite</c> or <c>PostgreSql</c>) and <c>ConnectionStrings:Site</c>.</summary>
public static class DataServiceExtensions
{
    /// <summary>Adds <see cref="SiteDbContext"/>.</summary>
    /// <exception cref="InvalidOperationException">An unknown provider, or PostgreSQL without a connection string.</exception>
    internal static void AddSiteData(this IServiceCollection services, IConfiguration configuration, SitePaths paths)
    {
        services.AddScoped<DatabaseMigrator>();
        var provider = configuration["Database:Provider"] is { Length: > 0 } name ? name : "Sqlite";
        var connectionString = configuration.GetConnectionString("Site");
        switch (provider.ToUpperInvariant())
        {
            case "SQLITE":
                Directory.CreateDirectory(paths.Data);
                connectionString = string.IsNullOrEmpty(connectionString) ? $"Data Source={Path.Combine(paths.Data, "site.db")}" : connectionString;
                services.AddSingleton<SqlitePragmas>();
                services.AddDbContextPool<SiteDbContext>((provider, options) => Configure(options
                    .UseSqlite(connectionString)
                    .AddInterceptors(provider.GetRequiredService<SqlitePragmas>()), provider));
                break;
            case "POSTGRESQL":
                if (string.IsNullOrEmpty(connectionString))
                {
                    throw new InvalidOperationException("Database:Provider is PostgreSql but ConnectionStrings:Site is empty. Example: Host=localhost;Database=trainingsite;Username=site;Password=…");
                }

                connectionString = Lean(connectionString);
                services.AddDbContextPool<SiteDbContext>((provider, options) => Configure(options.UseNpgsql(connectionString), provider));
                break;
            default:
                throw new InvalidOperationException($"Database:Provider is '{provider}'; it can be Sqlite or PostgreSql.");
        }
    }

    /// <summary>
    /// Has each connection keep the statements that it asks most: without that, PostgreSQL parses and plans each anew, which costs it more than
    /// answering most of them. Nor is a connection cleaned when it goes back to the pool, which takes seven statements each time and would find nothing:
    /// whatever is set or locked here, is so for one transaction, but for the migrator's lock, whose connection is of no pool. What the connection string
    /// says wins.
    /// </summary>
    private static string Lean(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        if (!builder.ShouldSerialize("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 100;
        }

        if (!builder.ShouldSerialize("No Reset On Close"))
        {
            builder.NoResetOnClose = true;
        }

        return builder.ConnectionString;
    }

    private static void Configure(DbContextOptionsBuilder options, IServiceProvider services) => options
        .UseApplicationServiceProvider(services)
        .ReplaceService<IMigrationsAssembly, ModuleMigrationsAssembly>()
        // Migrations are written by hand without a snapshot, so EF always believes that some are missing; the drift test is what checks.
        // What belongs to a row that a filter hides is hidden with it: that is what filters are for here.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning, CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));

    /// <summary>
    /// Sets up SQLite connections as they open: write-ahead log, waiting for locks, foreign keys, Vietnamese sorting. The pragmas last
    /// as long as the pooled handle, so they are said once to each; the collation is taken away whenever a connection closes.
    /// </summary>
    private sealed class SqlitePragmas : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=15000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-32768; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;";
        private static readonly CompareInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN").CompareInfo;
        private readonly ConditionalWeakTable<object, object> _prepared = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Prepare(connection);
            return Task.CompletedTask;
        }

        private void Prepare(DbConnection connection)
        {
            var sqlite = (SqliteConnection)connection;
            sqlite.CreateCollation("vi", (left, right) => Vietnamese.Compare(left, right));
            if (!_prepared.TryAdd(sqlite.Handle!, _prepared))
            {
                return;
            }

            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }
    }
}

/// <summary>Where the site keeps its files.</summary>
/// <param name="Data">The folder of <c>Site:DataPath</c>: database, keys, outgoing mail, uploaded files. Default <c>App_Data</c> beside the site.</param>
public sealed record SitePaths(string Data)
{
    /// <summary>Reads the configuration; a relative path starts at the content root.</summary>
    internal static SitePaths From(IConfiguration configuration, IHostEnvironment environment) =>
        new(Path.GetFullPath(configuration["Site:DataPath"] is { Length: > 0 } path ? path : "App_Data", environment.ContentRootPath));

    /// <summary>A folder inside <see cref="Data"/>, made when missing.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(Data, name)).FullName;
}
