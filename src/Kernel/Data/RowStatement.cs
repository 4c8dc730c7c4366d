using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace TrainingSite.Kernel;

/// <summary>
/// One statement over many rows, in each database's fastest form: prepared once and run for each row on SQLite, run once over arrays
/// (<c>unnest</c>) on PostgreSQL. Past the change tracker, in the context's running transaction, for what happens thousands of times a second.
/// </summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <param name="sqlite">The statement for one row, with <c>$1</c>, <c>$2</c>… in the order of the values.</param>
/// <param name="postgreSql">The statement over arrays, with <c>$1</c>, <c>$2</c>… in the same order.</param>
public sealed class RowStatement<TRow>(string sqlite, string postgreSql)
{
    private readonly List<Value> _values = [];

    /// <summary>Adds the next value.</summary>
    /// <param name="type">Its type in PostgreSQL.</param>
    /// <param name="read">Reads it from a row.</param>
    /// <typeparam name="T">Its type here.</typeparam>
    /// <returns>The statement itself.</returns>
    public RowStatement<TRow> With<T>(NpgsqlDbType type, Func<TRow, T> read)
    {
        _values.Add(new Value<T>(type, read));
        return this;
    }

    /// <summary>Runs it.</summary>
    /// <param name="db">The context.</param>
    /// <param name="rows">The rows; none asks nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many rows were written.</returns>
    public async Task<int> ExecuteAsync(SiteDbContext db, IReadOnlyList<TRow> rows, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        if (db.IsSqlite)
        {
            return ExecuteOnSqlite(db, rows);
        }

        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(ToCommand(rows));
        await batch.PrepareAsync(cancellationToken);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs it for each row.</summary>
    /// <param name="db">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="written">Hears of each row that was written.</param>
    /// <returns>How many rows were written.</returns>
    public int ExecuteOnSqlite(SiteDbContext db, IReadOnlyList<TRow> rows, Action<TRow>? written = null)
    {
#pragma warning disable CA2100 // The statement is a constant of who makes this; every value is a parameter.
        using var command = new SqliteCommand(sqlite, (SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
#pragma warning restore CA2100
        for (var index = 0; index < _values.Count; index++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"${index + 1}" });
        }

        var count = 0;
        foreach (var row in rows)
        {
            for (var index = 0; index < _values.Count; index++)
            {
                command.Parameters[index].Value = _values[index].Read(row) ?? DBNull.Value;
            }

            var changed = command.ExecuteNonQuery();
            count += changed;
            if (changed > 0)
            {
                written?.Invoke(row);
            }
        }

        return count;
    }

    /// <summary>The statement for PostgreSQL, to send together with others.</summary>
    public NpgsqlBatchCommand ToCommand(IReadOnlyList<TRow> rows)
    {
        var command = new NpgsqlBatchCommand(postgreSql);
        foreach (var value in _values)
        {
            command.Parameters.Add(value.ToParameter(rows));
        }

        return command;
    }

    private abstract class Value
    {
        public abstract object? Read(TRow row);

        public abstract NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows);
    }

    private sealed class Value<T>(NpgsqlDbType type, Func<TRow, T> read) : Value
    {
        public override object? Read(TRow row) => read(row);

        public override NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows)
        {
            var values = new T[rows.Count];
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = read(rows[index]);
            }

            return new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
        }
    }
}

/// <summary>Several statements in one message.</summary>
public static class RowStatementExtensions
{
    /// <summary>Statements to send to PostgreSQL together, in the running transaction.</summary>
    public static NpgsqlBatch CreateBatch(this SiteDbContext db) =>
        new((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
}
