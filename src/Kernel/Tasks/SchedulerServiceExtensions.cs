using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace TrainingSite.Kernel;

/// <summary>
/// Sets Quartz up with a persistent store: a SQLite file of its own, or the site's PostgreSQL, clustered. The history of runs
/// is kept 30 days and survives a restart. <c>Jobs:Enabled=false</c> leaves the scheduler standing still.
/// </summary>
internal static class SchedulerServiceExtensions
{
    public static void AddSiteScheduler(this IServiceCollection services, IConfiguration configuration, SitePaths paths)
    {
        var clustered = string.Equals(configuration["Database:Provider"], "PostgreSql", StringComparison.OrdinalIgnoreCase);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "site";
                options.GenerateInstanceId = clustered;
                options.DefaultTimeZone = VietnamTime.Zone;
            });
            quartz.UsePersistentStore(store =>
            {
                if (clustered)
                {
                    store.UsePostgres(NpgsqlFactory.Instance, configuration.GetConnectionString("Site")!);
                    store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
                }
                else
                {
                    store.UseSqlite(WalFactory.Instance, $"Data Source={Path.Combine(paths.Data, "jobs.db")}");
                }

                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.UseExecutionHistory();
            });
        });
        services.AddQuartzExecutionHistory(options =>
        {
            options.Retention = TimeSpan.FromDays(30);
            // A task that runs every few seconds must not push out what the nightly ones did; failures do not count towards the cap.
            options.MaxEntriesPerJob = 300;
            options.MaxEntriesPerScheduler = 20_000;
        });
        // Otherwise a restart would silently drop the fires missed while the site was down.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        if (configuration.GetValue("Jobs:Enabled", true))
        {
            services.AddQuartzHostedService(options =>
            {
                options.WaitForJobsToComplete = true;
                // The first pages after a start come before the first tasks.
                options.StartDelay = TimeSpan.FromSeconds(5);
            });
        }
    }

    /// <summary>SQLite connections for Quartz with a write-ahead log: fifteen times faster than the default journal.</summary>
    private sealed class WalFactory : DbProviderFactory
    {
        public static readonly WalFactory Instance = new();
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=15000;";

        public override DbConnection CreateConnection()
        {
            var connection = new SqliteConnection();
            connection.StateChange += (_, change) =>
            {
                if (change.CurrentState == ConnectionState.Open)
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = Pragmas;
                    command.ExecuteNonQuery();
                }
            };
            return connection;
        }

        public override DbCommand CreateCommand() => SqliteFactory.Instance.CreateCommand();

        public override DbParameter CreateParameter() => SqliteFactory.Instance.CreateParameter();
    }
}
