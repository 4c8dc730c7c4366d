using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>What is stored about some people of a session, after their new events were added to the log.</summary>
/// <param name="Fresh">Ids of the events that were not there before.</param>
/// <param name="Attendances">Where each of the people stood before; who had no mark is missing.</param>
/// <param name="Events">All events, also the new ones, of those who had one before.</param>
internal sealed record StoredAttendance(HashSet<Guid> Fresh, Dictionary<Guid, Attendance> Attendances, List<AttendanceEvent> Events);

/// <summary>The statements of check-in, in each database's fastest form; on PostgreSQL those that can go together are one message.</summary>
internal static class AttendanceSql
{
    private const string EventColumns = """
        "Id", "SessionId", "PersonId", "PointId", "Kind", "Status", "Method", "AtUtc", "ReceivedUtc", "UserId", "Device", "Block", "Minutes", "Note", "Flag"
        """;

    private const string AttendanceColumns = """
        "SessionId", "PersonId", "PointId", "Status", "Minutes", "FirstInUtc", "LastOutUtc", "Method", "HasConflict", "EventCount", "UpdatedUtc"
        """;

    private const string Attendance = $"SELECT {AttendanceColumns} FROM \"Sessions_Attendance\" WHERE \"SessionId\" = $1 AND \"PersonId\"";

    private const string Events = $"SELECT {EventColumns} FROM \"Sessions_AttendanceEvent\" WHERE \"SessionId\" = $1 AND \"PersonId\"";

    // Person by person (OFFSET 0 keeps it so): statistics know nothing of a session that began a minute ago, and PostgreSQL would read all of it.
    private const string SelectAttendances = $"SELECT a.* FROM unnest($2) AS p(id) CROSS JOIN LATERAL ({Attendance} = p.id OFFSET 0) AS a";

    // Most have no event but the new one, which is known here.
    private const string SelectEvents = $"SELECT e.* FROM unnest($2) AS p(id) CROSS JOIN LATERAL ({Attendance} = p.id OFFSET 0) AS a CROSS JOIN LATERAL ({Events} = p.id OFFSET 0) AS e";

    /// <summary>Adds the events that are not there yet.</summary>
    private static readonly RowStatement<AttendanceEvent> InsertEvents = new RowStatement<AttendanceEvent>(
            $"INSERT INTO \"Sessions_AttendanceEvent\" ({EventColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (\"Id\") DO NOTHING",
            $"INSERT INTO \"Sessions_AttendanceEvent\" ({EventColumns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (\"Id\") DO NOTHING RETURNING \"Id\"")
        .With(NpgsqlDbType.Uuid, fact => fact.Id)
        .With(NpgsqlDbType.Uuid, fact => fact.SessionId)
        .With(NpgsqlDbType.Uuid, fact => fact.PersonId)
        .With(NpgsqlDbType.Uuid, fact => fact.PointId)
        .With(NpgsqlDbType.Varchar, fact => fact.Kind.ToString())
        .With(NpgsqlDbType.Varchar, fact => fact.Status?.ToString())
        .With(NpgsqlDbType.Varchar, fact => fact.Method.ToString())
        .With(NpgsqlDbType.TimestampTz, fact => fact.AtUtc)
        .With(NpgsqlDbType.TimestampTz, fact => fact.ReceivedUtc)
        .With(NpgsqlDbType.Uuid, fact => fact.UserId)
        .With(NpgsqlDbType.Varchar, fact => fact.Device)
        .With(NpgsqlDbType.Integer, fact => fact.Block)
        .With(NpgsqlDbType.Integer, fact => fact.Minutes)
        .With(NpgsqlDbType.Varchar, fact => fact.Note)
        .With(NpgsqlDbType.Varchar, fact => fact.Flag?.ToString());

    /// <summary>Adds the attendance of people who had none.</summary>
    private static readonly RowStatement<Attendance> AddAttendances = Attendances<Attendance>(
        row => row,
        $"INSERT INTO \"Sessions_Attendance\" ({AttendanceColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        $"INSERT INTO \"Sessions_Attendance\" ({AttendanceColumns}) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING");

    /// <summary>Changes it, on PostgreSQL, where it still is as it was read.</summary>
    private static readonly RowStatement<(Attendance Row, int Before)> ChangeAttendances = Attendances<(Attendance Row, int Before)>(
        change => change.Row,
        """
        UPDATE "Sessions_Attendance" SET "PointId" = $3, "Status" = $4, "Minutes" = $5, "FirstInUtc" = $6, "LastOutUtc" = $7, "Method" = $8, "HasConflict" = $9, "EventCount" = $10, "UpdatedUtc" = $11
        WHERE "SessionId" = $1 AND "PersonId" = $2 AND "EventCount" = $12
        """,
        """
        UPDATE "Sessions_Attendance" AS a SET "PointId" = v.point, "Status" = v.status, "Minutes" = v.minutes, "FirstInUtc" = v.first_in, "LastOutUtc" = v.last_out,
            "Method" = v.method, "HasConflict" = v.conflict, "EventCount" = v.events, "UpdatedUtc" = v.updated
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) AS v(session, person, point, status, minutes, first_in, last_out, method, conflict, events, updated, before)
        WHERE a."SessionId" = v.session AND a."PersonId" = v.person AND a."EventCount" = v.before
        """).With(NpgsqlDbType.Integer, change => change.Before);

    /// <summary>Adds the events that are not there yet, and reads what is known of the people concerned, in the running transaction.</summary>
    public static async Task<StoredAttendance> AppendAsync(SiteDbContext db, Guid sessionId, IReadOnlyList<AttendanceEvent> facts, Guid[] people, CancellationToken cancellationToken)
    {
        var stored = new StoredAttendance(new(facts.Count), new(people.Length), []);
        if (db.IsSqlite)
        {
            InsertEvents.ExecuteOnSqlite(db, facts, fact => stored.Fresh.Add(fact.Id));
            await ReadOnSqliteAsync(db, $"{Attendance} IN (SELECT value FROM json_each($2))", sessionId, people, row => ReadAttendance(row, stored.Attendances));
            if (stored.Attendances.Count > 0)
            {
                await ReadOnSqliteAsync(db, $"{Events} IN (SELECT value FROM json_each($2))", sessionId, [.. stored.Attendances.Keys], row => stored.Events.Add(ReadEvent(row)));
            }

            return stored;
        }

        await using var batch = db.CreateBatch();
        batch.BatchCommands.Add(InsertEvents.ToCommand(facts));
        batch.BatchCommands.Add(OfPeople(SelectAttendances, sessionId, people));
        batch.BatchCommands.Add(OfPeople(SelectEvents, sessionId, people));
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Fresh.Add(reader.GetGuid(0));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ReadAttendance(reader, stored.Attendances);
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Events.Add(ReadEvent(reader));
        }

        return stored;
    }

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

        List<Attendance> added = [.. rows.Where(row => !before.ContainsKey(row.PersonId))];
        List<(Attendance Row, int Before)> changed = [.. rows.Where(row => before.ContainsKey(row.PersonId)).Select(row => (row, before[row.PersonId].EventCount))];
        if (db.IsSqlite)
        {
            return AddAttendances.ExecuteOnSqlite(db, added) + ChangeAttendances.ExecuteOnSqlite(db, changed);
        }

        await using var batch = db.CreateBatch();
        if (added.Count > 0)
        {
            batch.BatchCommands.Add(AddAttendances.ToCommand(added));
        }

        if (changed.Count > 0)
        {
            batch.BatchCommands.Add(ChangeAttendances.ToCommand(changed));
        }

        await batch.PrepareAsync(cancellationToken);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static RowStatement<TRow> Attendances<TRow>(Func<TRow, Attendance> of, string sqlite, string postgreSql) => new RowStatement<TRow>(sqlite, postgreSql)
        .With(NpgsqlDbType.Uuid, row => of(row).SessionId)
        .With(NpgsqlDbType.Uuid, row => of(row).PersonId)
        .With(NpgsqlDbType.Uuid, row => of(row).PointId)
        .With(NpgsqlDbType.Varchar, row => of(row).Status.ToString())
        .With(NpgsqlDbType.Integer, row => of(row).Minutes)
        .With(NpgsqlDbType.TimestampTz, row => of(row).FirstInUtc)
        .With(NpgsqlDbType.TimestampTz, row => of(row).LastOutUtc)
        .With(NpgsqlDbType.Varchar, row => of(row).Method.ToString())
        .With(NpgsqlDbType.Boolean, row => of(row).HasConflict)
        .With(NpgsqlDbType.Integer, row => of(row).EventCount)
        .With(NpgsqlDbType.TimestampTz, row => of(row).UpdatedUtc);

    private static NpgsqlBatchCommand OfPeople(string sql, Guid sessionId, Guid[] people) => new(sql)
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = sessionId }, new NpgsqlParameter<Guid[]> { TypedValue = people } },
    };

    private static async Task ReadOnSqliteAsync(SiteDbContext db, string sql, Guid sessionId, Guid[] people, Action<DbDataReader> read)
    {
#pragma warning disable CA2100 // The statements stand in this class.
        await using var command = new SqliteCommand(sql, (SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$1", sessionId);
        // Keys are text in capitals there.
        command.Parameters.AddWithValue("$2", $"[{string.Join(',', people.Select(person => $"\"{person.ToString().ToUpperInvariant()}\""))}]");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            read(reader);
        }
    }

    private static void ReadAttendance(DbDataReader row, Dictionary<Guid, Attendance> people)
    {
        var attendance = new Attendance
        {
            SessionId = row.GetGuid(0),
            PersonId = row.GetGuid(1),
            PointId = row.GetGuid(2),
            Status = Enum.Parse<AttendanceStatus>(row.GetString(3)),
            Minutes = row.GetInt32(4),
            FirstInUtc = row.IsDBNull(5) ? null : Time(row, 5),
            LastOutUtc = row.IsDBNull(6) ? null : Time(row, 6),
            Method = Enum.Parse<AttendanceMethod>(row.GetString(7)),
            HasConflict = row.GetBoolean(8),
            EventCount = row.GetInt32(9),
            UpdatedUtc = Time(row, 10),
        };
        people[attendance.PersonId] = attendance;
    }

    private static AttendanceEvent ReadEvent(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        SessionId = row.GetGuid(1),
        PersonId = row.GetGuid(2),
        PointId = row.GetGuid(3),
        Kind = Enum.Parse<AttendanceKind>(row.GetString(4)),
        Status = row.IsDBNull(5) ? null : Enum.Parse<AttendanceStatus>(row.GetString(5)),
        Method = Enum.Parse<AttendanceMethod>(row.GetString(6)),
        AtUtc = Time(row, 7),
        ReceivedUtc = Time(row, 8),
        UserId = row.IsDBNull(9) ? null : row.GetGuid(9),
        Device = row.GetString(10),
        Block = row.IsDBNull(11) ? null : row.GetInt32(11),
        Minutes = row.IsDBNull(12) ? null : row.GetInt32(12),
        Note = row.IsDBNull(13) ? null : row.GetString(13),
        Flag = row.IsDBNull(14) ? null : Enum.Parse<AttendanceFlag>(row.GetString(14)),
    };

    private static DateTime Time(DbDataReader row, int at) => DateTime.SpecifyKind(row.GetDateTime(at), DateTimeKind.Utc);
}
