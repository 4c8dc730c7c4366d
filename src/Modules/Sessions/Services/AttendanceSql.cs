using System.Data.Common;
using NpgsqlTypes;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>What is stored about some people of a session, after their new events were added to the log.</summary>
/// <param name="Fresh">Ids of the events that were not there before.</param>
/// <param name="Attendances">Where each of the people stood before; who had no mark is missing.</param>
/// <param name="Events">All events, also the new ones, of those who had one before.</param>
internal sealed record StoredAttendance(HashSet<Guid> Fresh, Dictionary<Guid, Attendance> Attendances, List<AttendanceEvent> Events);

/// <summary>The statements of check-in, in each database's fastest form.</summary>
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

    // SQLite has one writer. A row lock would do, but whoever wants to change the row could wait for as long as batches overlap; this queue is fair.
    private static readonly RowQuery TakePlace = new(null, "SELECT pg_advisory_xact_lock_shared(hashtextextended($1::text, 0))");

    private static readonly RowQuery TakeAllPlaces = new(null, "SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))");

    private static readonly RowQuery SelectRevision = RowQuery.Of("""SELECT "Revision" FROM "Sessions_Session" WHERE "Id" = $1""");

    // Person by person (OFFSET 0 keeps it so): statistics know nothing of a session that began a minute ago, and PostgreSQL would read all of it.
    private static readonly RowQuery SelectAttendances = new(
        $"{Attendance} IN (SELECT value FROM json_each($2))",
        // Held from here on: two batches about the same people go one after the other, instead of one of them beginning again and again.
        $"SELECT a.* FROM unnest($2) AS p(id) CROSS JOIN LATERAL ({Attendance} = p.id OFFSET 0 FOR UPDATE) AS a");

    // Most have no event but the new one, which is known here.
    private static readonly RowQuery SelectEvents = new(
        $"{Events} IN (SELECT \"PersonId\" FROM \"Sessions_Attendance\" WHERE \"SessionId\" = $1 AND \"PersonId\" IN (SELECT value FROM json_each($2)))",
        $"SELECT e.* FROM unnest($2) AS p(id) CROSS JOIN LATERAL ({Attendance} = p.id OFFSET 0) AS a CROSS JOIN LATERAL ({Events} = p.id OFFSET 0) AS e");

    /// <summary>Adds the events that are not there yet.</summary>
    private static readonly RowStatement<AttendanceEvent> InsertEvents = new RowStatement<AttendanceEvent>(
            $"INSERT INTO \"Sessions_AttendanceEvent\" ({EventColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (\"Id\") DO NOTHING RETURNING \"Id\"",
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

    /// <summary>
    /// Asks which revision of the session holds, once nobody folds it anew, and keeps others from doing so until the end of the transaction:
    /// marks that were decided by the old times are stored before these change, or see the change.
    /// </summary>
    public static void ReadRevision(StatementBatch batch, Guid sessionId, Action<int> revision)
    {
        batch.Read(TakePlace, _ => { }, sessionId);
        batch.Read(SelectRevision, row => revision(row.GetInt32(0)), sessionId);
    }

    /// <summary>Waits until nobody folds the session anew, and keeps others from doing so until the end of the transaction.</summary>
    public static Task KeepAsync(SiteDbContext db, Guid sessionId, CancellationToken cancellationToken) => AskAsync(db, TakePlace, sessionId, cancellationToken);

    /// <summary>Waits until no marks of the session are being stored; others come after the end of the transaction.</summary>
    public static Task HoldAsync(SiteDbContext db, Guid sessionId, CancellationToken cancellationToken) => AskAsync(db, TakeAllPlaces, sessionId, cancellationToken);

    /// <summary>Adds the events that are not there yet, and asks what is known of the people concerned.</summary>
    /// <returns>Filled when the batch has run.</returns>
    public static StoredAttendance Append(StatementBatch batch, Guid sessionId, IReadOnlyList<AttendanceEvent> facts, Guid[] people)
    {
        var stored = new StoredAttendance(new(facts.Count), new(people.Length), []);
        batch.Write(InsertEvents, facts, returned: row => stored.Fresh.Add(row.GetGuid(0)));
        batch.Read(SelectAttendances, row => ReadAttendance(row, stored.Attendances), sessionId, people);
        batch.Read(SelectEvents, row => stored.Events.Add(ReadEvent(row)), sessionId, people);
        return stored;
    }

    /// <summary>Writes the folded rows.</summary>
    /// <param name="batch">Where to.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="before">The rows that were read; one that another writer changed since is not overwritten.</param>
    /// <param name="written">Hears how many were written, in one or two parts.</param>
    public static void WriteAttendances(StatementBatch batch, IReadOnlyList<Attendance> rows, IReadOnlyDictionary<Guid, Attendance> before, Action<int> written)
    {
        batch.Write(AddAttendances, [.. rows.Where(row => !before.ContainsKey(row.PersonId))], written);
        batch.Write(ChangeAttendances, [.. rows.Where(row => before.ContainsKey(row.PersonId)).Select(row => (row, before[row.PersonId].EventCount))], written);
    }

    private static Task AskAsync(SiteDbContext db, RowQuery place, Guid sessionId, CancellationToken cancellationToken)
    {
        var batch = new StatementBatch(db);
        batch.Read(place, _ => { }, sessionId);
        return batch.ExecuteAsync(cancellationToken);
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
