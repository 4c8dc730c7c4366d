using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace TrainingSite.Kernel;

/// <summary>
/// One statement over many rows, in each database's fastest form: prepared once and run for each row on SQLite, run once over arrays
/// (<c>unnest</c>) on PostgreSQL. Run by a <see cref="StatementBatch"/>.
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

    /// <summary>Runs it for each row, on SQLite.</summary>
    /// <returns>How many rows were written.</returns>
    internal int Execute(SqliteConnection connection, SqliteTransaction? transaction, IReadOnlyList<TRow> rows, Action<DbDataReader>? returned)
    {
#pragma warning disable CA2100 // The statement is a constant of who makes this; every value is a parameter.
        using var command = new SqliteCommand(sqlite, connection, transaction);
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

            if (returned is null)
            {
                count += command.ExecuteNonQuery();
                continue;
            }

            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                returned(reader);
                count++;
            }
        }

        return count;
    }

    /// <summary>The statement over all rows, for PostgreSQL.</summary>
    internal NpgsqlBatchCommand ToCommand(IReadOnlyList<TRow> rows)
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
