using Npgsql;

namespace TrainingSite.Kernel;

/// <summary>Creates or upgrades the database, safely also when several nodes start at once.</summary>
public sealed class DatabaseMigrator(SiteDbContext db)
{
    /// <summary>Any number will do, as long as every node takes the same.</summary>
    private const long LockKey = 0x5472_6169_6E53_6974;

    /// <summary>Rebuilding a table of years takes longer than a query may, and so does waiting for the node that does it.</summary>
    private const int NoLimit = 0;

    /// <summary>Applies the missing migrations. On PostgreSQL under an advisory lock; on SQLite, where there is one node,
    /// a lock left by a process that died is cleared first.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        if (db.IsSqlite)
        {
            await ClearStaleLockAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        var connectionString = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false };
        await CreateDatabaseAsync(connectionString, cancellationToken);
        await using var guard = new NpgsqlConnection(connectionString.ConnectionString);
        await guard.OpenAsync(cancellationToken);
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock($1)", guard) { Parameters = { new() { Value = LockKey } }, CommandTimeout = NoLimit };
        await take.ExecuteNonQueryAsync(cancellationToken);
        var usual = db.Database.GetCommandTimeout();
        db.Database.SetCommandTimeout(NoLimit);
        await db.Database.MigrateAsync(cancellationToken);
        db.Database.SetCommandTimeout(usual);
    }

    private static async Task CreateDatabaseAsync(NpgsqlConnectionStringBuilder target, CancellationToken cancellationToken)
    {
        await using var probe = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await probe.OpenAsync(cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var server = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" }.ConnectionString);
            await server.OpenAsync(cancellationToken);
            var name = target.Database!.Replace("\"", "\"\"", StringComparison.Ordinal);
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", server);
            try
            {
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (PostgresException there) when (there.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another node was quicker; the database is what we wanted.
            }
        }
    }

    private async Task ClearStaleLockAsync(CancellationToken cancellationToken)
    {
        var hasLocks = await db.Database.SqlQuery<int>($"SELECT count(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellationToken);
        if (hasLocks > 0)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken);
        }
    }
}
