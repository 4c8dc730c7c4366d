using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace TrainingSite.Kernel;

/// <summary>A question in each database's fastest form.</summary>
/// <param name="Sqlite">With <c>$1</c>, <c>$2</c>… for the values; a list of keys is a JSON array there, to be read by <c>json_each</c>. Null when it is not asked there.</param>
/// <param name="PostgreSql">With the same values; a list of keys is an array there.</param>
public sealed record RowQuery(string? Sqlite, string PostgreSql)
{
    /// <summary>A question in words that both databases understand.</summary>
    public static RowQuery Of(string sql) => new(sql, sql);
}

/// <summary>
/// Statements that travel together, in the context's running transaction and past its change tracker: one message on PostgreSQL, one after
/// the other on SQLite. What happens thousands of times a second pays more for messages than for the work that they ask for.
/// </summary>
/// <param name="db">The context.</param>
public sealed class StatementBatch(SiteDbContext db)
{
    private readonly List<Step> _steps = [];

    /// <summary>Adds a write.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="rows">Its rows; none asks nothing.</param>
    /// <param name="written">Hears how many rows were written.</param>
    /// <param name="returned">Reads each row that the statement returns; null when it returns none.</param>
    /// <typeparam name="TRow">A row.</typeparam>
    public void Write<TRow>(RowStatement<TRow> statement, IReadOnlyList<TRow> rows, Action<int>? written = null, Action<DbDataReader>? returned = null)
    {
        if (rows.Count > 0)
        {
            _steps.Add(new Step(returned, written, () => statement.ToCommand(rows), (connection, transaction) => statement.Execute(connection, transaction, rows, returned)));
        }
    }

    /// <summary>Adds a question.</summary>
    /// <param name="query">The question.</param>
    /// <param name="row">Reads each row of the answer.</param>
    /// <param name="values">Keys and lists of keys (<c>Guid</c>, <c>Guid[]</c>), in the order of the parameters.</param>
    public void Read(RowQuery query, Action<DbDataReader> row, params object[] values) =>
        _steps.Add(new Step(row, Written: null, () => ToCommand(query.PostgreSql, values), (connection, transaction) => Read(connection, transaction, query.Sqlite, values, row)));

    /// <summary>Runs what was added, in order; afterwards the batch is empty.</summary>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_steps.Count == 0)
        {
            return;
        }

        if (db.IsSqlite)
        {
            var (connection, transaction) = ((SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
            foreach (var step in _steps)
            {
                var count = step.OnSqlite(connection, transaction);
                step.Written?.Invoke(count);
            }
        }
        else
        {
            await ExecuteOnPostgreSqlAsync(cancellationToken);
        }

        _steps.Clear();
    }

    private async Task ExecuteOnPostgreSqlAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var step in _steps)
        {
            batch.BatchCommands.Add(step.ToCommand());
        }

        await batch.PrepareAsync(cancellationToken);
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            foreach (var step in _steps)
            {
                if (step.Row is not { } row)
                {
                    continue;
                }

                while (await reader.ReadAsync(cancellationToken))
                {
                    row(reader);
                }

                await reader.NextResultAsync(cancellationToken);
            }
        }

        for (var index = 0; index < _steps.Count; index++)
        {
            _steps[index].Written?.Invoke((int)batch.BatchCommands[index].RecordsAffected);
        }
    }

    private static NpgsqlBatchCommand ToCommand(string sql, object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                Guid key => new NpgsqlParameter<Guid> { TypedValue = key },
                Guid[] keys => new NpgsqlParameter<Guid[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, TypedValue = keys },
                _ => throw new ArgumentException($"A value of {value.GetType()} is neither a key nor a list of keys.", nameof(values)),
            });
        }

        return command;
    }

    private static int Read(SqliteConnection connection, SqliteTransaction? transaction, string? sql, object[] values, Action<DbDataReader> row)
    {
        if (sql is null)
        {
            return 0;
        }

#pragma warning disable CA2100 // The statement is a constant of who asks; every value is a parameter.
        using var command = new SqliteCommand(sql, connection, transaction);
#pragma warning restore CA2100
        for (var index = 0; index < values.Length; index++)
        {
            // Keys are text in capitals there.
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${index + 1}"), values[index] is Guid[] keys ? $"[{string.Join(',', keys.Select(key => $"\"{key.ToString().ToUpperInvariant()}\""))}]" : values[index]);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            row(reader);
        }

        return 0;
    }

    private sealed record Step(Action<DbDataReader>? Row, Action<int>? Written, Func<NpgsqlBatchCommand> ToCommand, Func<SqliteConnection, SqliteTransaction?, int> OnSqlite);
}
