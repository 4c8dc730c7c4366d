using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace TrainingSite.Bench.Load;

/// <summary>What the database itself can do: pgbench inserts single rows into a table of its own, 32 clients, prepared, each its own commit.</summary>
internal sealed partial class PgBench(string connectionString) : IAsyncDisposable
{
    private const string Table = "bench_insert";

    private readonly NpgsqlConnectionStringBuilder _server = new(connectionString);
    private readonly string _script = Path.GetTempFileName();

    /// <summary>Where the server listens.</summary>
    public int Port => _server.Port;

    /// <summary>Makes the table, and says how durable the server is.</summary>
    public async Task<string> PrepareAsync()
    {
        await File.WriteAllTextAsync(_script, $"INSERT INTO {Table} (value) VALUES (1);\n");
        await ExecuteAsync($"DROP TABLE IF EXISTS {Table}; CREATE TABLE {Table} (id bigserial PRIMARY KEY, value int)");
        return await ExecuteAsync("SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'))");
    }

    /// <summary>Rows inserted a second.</summary>
    public async Task<double> RunAsync(int seconds)
    {
        await ExecuteAsync($"TRUNCATE {Table}");
        var start = new ProcessStartInfo("pgbench") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in new[] { "-n", "-M", "prepared", "-c", "32", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture), "-f", _script, "-h", _server.Host!, "-p", $"{_server.Port}", "-U", _server.Username!, _server.Database! })
        {
            start.ArgumentList.Add(word);
        }

        start.Environment["PGPASSWORD"] = _server.Password;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return Rate().Match(output) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench gave no rate: {output}{await error}");
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP TABLE IF EXISTS {Table}");
        File.Delete(_script);
    }

    private async Task<string> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The statements stand in this class.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() as string ?? "";
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Rate();
}
