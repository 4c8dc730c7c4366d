using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>
/// The two writes of check-in in each database's fastest form: one prepared statement on SQLite, one statement over arrays on
/// PostgreSQL. Everything else is LINQ.
/// </summary>
internal static class AttendanceSql
{
    private const string EventColumns = """
        "Id", "SessionId", "PersonId", "PointId", "Kind", "Status", "Method", "AtUtc", "ReceivedUtc", "UserId", "Device", "Block", "Minutes", "Note", "Flag"
        """;

    private const string AttendanceColumns = """
        "SessionId", "PersonId", "PointId", "Status", "Minutes", "FirstInUtc", "LastOutUtc", "Method", "HasConflict", "EventCount", "UpdatedUtc"
        """;

    /// <summary>Adds the events that are not there yet, in the running transaction.</summary>
    /// <returns>Ids of those added.</returns>
    public static Task<HashSet<Guid>> InsertEventsAsync(SiteDbContext db, IReadOnlyList<AttendanceEvent> facts, CancellationToken cancellationToken) =>
        facts.Count == 0 ? Task.FromResult(new HashSet<Guid>())
        : db.IsSqlite ? Task.FromResult(InsertOnSqlite(db, facts))
        : InsertOnPostgreSqlAsync(db, facts, cancellationToken);

    /// <summary>Writes the folded rows.</summary>
    /// <param name="db">The context.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="before">The rows that were read; one that another writer changed since is not overwritten.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were written.</returns>
    public static async Task<int> WriteAttendancesAsync(SiteDbContext db, IReadOnlyList<Attendance> rows, IReadOnlyDictionary<Guid, Attendance> before, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return 0;
        }

        if (db.IsSqlite)
        {
            // The transaction holds the only write lock, so nobody can have come between.
            return UpsertOnSqlite(db, rows);
        }

        List<Attendance> added = [.. rows.Where(row => !before.ContainsKey(row.PersonId))], changed = [.. rows.Where(row => before.ContainsKey(row.PersonId))];
        var written = added.Count == 0 ? 0 : await AddOnPostgreSqlAsync(db, added, cancellationToken);
        return written + (changed.Count == 0 ? 0 : await ChangeOnPostgreSqlAsync(db, changed, before, cancellationToken));
    }

    private static HashSet<Guid> InsertOnSqlite(SiteDbContext db, IReadOnlyList<AttendanceEvent> facts)
    {
        using var command = Command<SqliteCommand>(db, $"INSERT INTO \"Sessions_AttendanceEvent\" ({EventColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (\"Id\") DO NOTHING");
        var added = new HashSet<Guid>(facts.Count);
        foreach (var fact in facts)
        {
            Set(command, fact.Id, fact.SessionId, fact.PersonId, fact.PointId, fact.Kind.ToString(), fact.Status?.ToString(), fact.Method.ToString(), fact.AtUtc, fact.ReceivedUtc, fact.UserId, fact.Device, fact.Block, fact.Minutes, fact.Note, fact.Flag?.ToString());
            if (command.ExecuteNonQuery() == 1)
            {
                added.Add(fact.Id);
            }
        }

        return added;
    }

    private static int UpsertOnSqlite(SiteDbContext db, IReadOnlyList<Attendance> rows)
    {
        using var command = Command<SqliteCommand>(db, $"INSERT OR REPLACE INTO \"Sessions_Attendance\" ({AttendanceColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
        var written = 0;
        foreach (var row in rows)
        {
            Set(command, row.SessionId, row.PersonId, row.PointId, row.Status.ToString(), row.Minutes, row.FirstInUtc, row.LastOutUtc, row.Method.ToString(), row.HasConflict, row.EventCount, row.UpdatedUtc);
            written += command.ExecuteNonQuery();
        }

        return written;
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (command.Parameters.Count <= index)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${index + 1}" });
            }

            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }
    }

    private static async Task<HashSet<Guid>> InsertOnPostgreSqlAsync(SiteDbContext db, IReadOnlyList<AttendanceEvent> facts, CancellationToken cancellationToken)
    {
        await using var command = Command<NpgsqlCommand>(db, $"INSERT INTO \"Sessions_AttendanceEvent\" ({EventColumns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (\"Id\") DO NOTHING RETURNING \"Id\"");
        Add(command, NpgsqlDbType.Uuid, facts, fact => fact.Id);
        Add(command, NpgsqlDbType.Uuid, facts, fact => fact.SessionId);
        Add(command, NpgsqlDbType.Uuid, facts, fact => fact.PersonId);
        Add(command, NpgsqlDbType.Uuid, facts, fact => fact.PointId);
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Kind.ToString());
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Status?.ToString());
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Method.ToString());
        Add(command, NpgsqlDbType.TimestampTz, facts, fact => fact.AtUtc);
        Add(command, NpgsqlDbType.TimestampTz, facts, fact => fact.ReceivedUtc);
        Add(command, NpgsqlDbType.Uuid, facts, fact => fact.UserId);
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Device);
        Add(command, NpgsqlDbType.Integer, facts, fact => fact.Block);
        Add(command, NpgsqlDbType.Integer, facts, fact => fact.Minutes);
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Note);
        Add(command, NpgsqlDbType.Varchar, facts, fact => fact.Flag?.ToString());
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var added = new HashSet<Guid>(facts.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            added.Add(reader.GetGuid(0));
        }

        return added;
    }

    private static async Task<int> AddOnPostgreSqlAsync(SiteDbContext db, List<Attendance> rows, CancellationToken cancellationToken)
    {
        await using var command = Command<NpgsqlCommand>(db, $"INSERT INTO \"Sessions_Attendance\" ({AttendanceColumns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING");
        AddRows(command, rows);
        await command.PrepareAsync(cancellationToken);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<int> ChangeOnPostgreSqlAsync(SiteDbContext db, List<Attendance> rows, IReadOnlyDictionary<Guid, Attendance> before, CancellationToken cancellationToken)
    {
        await using var command = Command<NpgsqlCommand>(db, """
            UPDATE "Sessions_Attendance" AS a SET "PointId" = v.point, "Status" = v.status, "Minutes" = v.minutes, "FirstInUtc" = v.first_in, "LastOutUtc" = v.last_out,
                "Method" = v.method, "HasConflict" = v.conflict, "EventCount" = v.events, "UpdatedUtc" = v.updated
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS v(session, person, point, status, minutes, first_in, last_out, method, conflict, events, updated, before)
            WHERE a."SessionId" = v.session AND a."PersonId" = v.person AND a."EventCount" = v.before
            """);
        AddRows(command, rows);
        Add(command, NpgsqlDbType.Integer, rows, row => before[row.PersonId].EventCount);
        await command.PrepareAsync(cancellationToken);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddRows(NpgsqlCommand command, List<Attendance> rows)
    {
        Add(command, NpgsqlDbType.Uuid, rows, row => row.SessionId);
        Add(command, NpgsqlDbType.Uuid, rows, row => row.PersonId);
        Add(command, NpgsqlDbType.Uuid, rows, row => row.PointId);
        Add(command, NpgsqlDbType.Varchar, rows, row => row.Status.ToString());
        Add(command, NpgsqlDbType.Integer, rows, row => row.Minutes);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.FirstInUtc);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.LastOutUtc);
        Add(command, NpgsqlDbType.Varchar, rows, row => row.Method.ToString());
        Add(command, NpgsqlDbType.Boolean, rows, row => row.HasConflict);
        Add(command, NpgsqlDbType.Integer, rows, row => row.EventCount);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.UpdatedUtc);
    }

    private static void Add<TRow, TValue>(NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. rows.Select(value)] });

    private static TCommand Command<TCommand>(SiteDbContext db, string sql) where TCommand : DbCommand
    {
        var command = (TCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }
}
