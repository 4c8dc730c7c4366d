using System.Data.Common;
using NpgsqlTypes;
using TrainingSite.Courses.Mastery;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>What <see cref="CompletionUpdate"/> asks and writes, for many people at once.</summary>
internal static class CompletionSql
{
    // Person by person (OFFSET 0 keeps it so): what statistics say of a course or a session that is new would lead PostgreSQL astray.
    public static readonly RowQuery SelectCredits = OfPeople("""
        SELECT "SessionId", "PersonId", "TopicCode", "SessionCode", "Date", "AttendedMinutes", "TotalMinutes" FROM "Courses_AttendanceCredit" WHERE "PersonId"
        """);

    public static readonly RowQuery SelectAttempts = OfPeople($"""
        SELECT "Id", "PersonId", "CourseId", "Total", "Correct", "FinishedUtc" FROM "Courses_QuizAttempt"
        WHERE "State" = '{nameof(AttemptState.Passed)}' AND "FinishedUtc" IS NOT NULL AND "PersonId"
        """);

    public static readonly RowQuery SelectCompletions = OfPeople("""
        SELECT "Id", "PersonId", "CourseId", "TopicCode", "CompletedUtc", "RecordedUtc", "Basis", "ExpiresUtc", "ResumedUtc" FROM "Courses_Completion" WHERE "RevokedUtc" IS NULL AND "PersonId"
        """);

    private const string CanComplete = $"""
        "State" = '{nameof(CourseState.Published)}' AND "AttendanceRequired"
        """;

    // Few courses that attendance can complete ask for skills; where none does, PostgreSQL looks at nobody's.
    private const string AnyAsks = $"""EXISTS (SELECT 1 FROM "Courses_Course" WHERE {CanComplete} AND "SkillsRequired")""";

    private const string Confirmed = """
        SELECT m."PersonId", s."CourseId", m."ConfirmedUtc" FROM "Courses_SkillMastery" AS m JOIN "Courses_Skill" AS s ON s."Id" = m."SkillId" WHERE m."ConfirmedUtc" IS NOT NULL AND m."PersonId"
        """;

    public static readonly RowQuery SelectConfirmed = new(
        $"{Confirmed} IN (SELECT value FROM json_each($1)) AND {AnyAsks}",
        $"SELECT r.* FROM unnest($1) AS p(id) CROSS JOIN LATERAL ({Confirmed} = p.id OFFSET 0) AS r WHERE {AnyAsks}");

    private const string AnyAsksForLessons = $"""EXISTS (SELECT 1 FROM "Courses_Course" WHERE {CanComplete} AND "LessonsRequired")""";

    private const string Finished = """
        SELECT f."PersonId", l."CourseId", f."FinishedUtc" FROM "Courses_LessonProgress" AS f JOIN "Courses_Lesson" AS l ON l."Id" = f."LessonId" AND l."RemovedUtc" IS NULL
        JOIN "Courses_Course" AS c ON c."Id" = l."CourseId" AND c."LessonsRequired" WHERE f."FinishedUtc" IS NOT NULL AND f."PersonId"
        """;

    public static readonly RowQuery SelectFinished = new(
        $"{Finished} IN (SELECT value FROM json_each($1)) AND {AnyAsksForLessons}",
        $"SELECT r.* FROM unnest($1) AS p(id) CROSS JOIN LATERAL ({Finished} = p.id OFFSET 0) AS r WHERE {AnyAsksForLessons}");

    /// <summary>The published courses that attendance can complete, each with the number of its skills and lessons when it asks for them.</summary>
    public static readonly RowQuery SelectCourses = RowQuery.Of($"""
        SELECT "Id", "TopicCode", "QuizRequired", "AttendanceRequired", "MinimumAttendancePercent", "CompletionMode", "SkillsRequired", "QuizProvesSkills", "ValidMonths",
            CAST(CASE WHEN "SkillsRequired" THEN (SELECT count(*) FROM "Courses_Skill" AS s WHERE s."CourseId" = c."Id") ELSE 0 END AS integer), "LessonsRequired",
            CAST(CASE WHEN "LessonsRequired" THEN (SELECT count(*) FROM "Courses_Lesson" AS l WHERE l."CourseId" = c."Id" AND l."RemovedUtc" IS NULL) ELSE 0 END AS integer) FROM "Courses_Course" AS c
        WHERE {CanComplete}
        """);

    public static readonly RowStatement<AttendanceCredit> AddCredits = Credits(
        """INSERT INTO "Courses_AttendanceCredit" ("SessionId", "PersonId", "TopicCode", "SessionCode", "Date", "AttendedMinutes", "TotalMinutes") VALUES ($1, $2, $3, $4, $5, $6, $7)""",
        """INSERT INTO "Courses_AttendanceCredit" ("SessionId", "PersonId", "TopicCode", "SessionCode", "Date", "AttendedMinutes", "TotalMinutes") SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)""");

    public static readonly RowStatement<AttendanceCredit> ChangeCredits = Credits(
        """UPDATE "Courses_AttendanceCredit" SET "SessionCode" = $4, "Date" = $5, "AttendedMinutes" = $6, "TotalMinutes" = $7 WHERE "SessionId" = $1 AND "PersonId" = $2 AND "TopicCode" = $3""",
        """
        UPDATE "Courses_AttendanceCredit" AS c SET "SessionCode" = v.code, "Date" = v.day, "AttendedMinutes" = v.attended, "TotalMinutes" = v.total
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS v(session, person, topic, code, day, attended, total)
        WHERE c."SessionId" = v.session AND c."PersonId" = v.person AND c."TopicCode" = v.topic
        """);

    public static readonly RowStatement<AttendanceCredit> RemoveCredits = new RowStatement<AttendanceCredit>(
            """DELETE FROM "Courses_AttendanceCredit" WHERE "SessionId" = $1 AND "PersonId" = $2 AND "TopicCode" = $3""",
            """
            DELETE FROM "Courses_AttendanceCredit" AS c USING unnest($1, $2, $3) AS v(session, person, topic)
            WHERE c."SessionId" = v.session AND c."PersonId" = v.person AND c."TopicCode" = v.topic
            """)
        .With(NpgsqlDbType.Uuid, credit => credit.SessionId)
        .With(NpgsqlDbType.Uuid, credit => credit.PersonId)
        .With(NpgsqlDbType.Varchar, credit => credit.TopicCode);

    public static readonly RowStatement<Completion> AddCompletions = new RowStatement<Completion>(
            """INSERT INTO "Courses_Completion" ("Id", "CompletedUtc", "Basis", "RevokedUtc", "PersonId", "CourseId", "TopicCode", "RecordedUtc", "ExpiresUtc", "ResumedUtc") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
            """INSERT INTO "Courses_Completion" ("Id", "CompletedUtc", "Basis", "RevokedUtc", "PersonId", "CourseId", "TopicCode", "RecordedUtc", "ExpiresUtc", "ResumedUtc") SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""")
        .With(NpgsqlDbType.Uuid, completion => completion.Id)
        .With(NpgsqlDbType.TimestampTz, completion => completion.CompletedUtc)
        .With(NpgsqlDbType.Text, completion => completion.Basis)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RevokedUtc)
        .With(NpgsqlDbType.Uuid, completion => completion.PersonId)
        .With(NpgsqlDbType.Uuid, completion => completion.CourseId)
        .With(NpgsqlDbType.Varchar, completion => completion.TopicCode)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RecordedUtc)
        .With(NpgsqlDbType.TimestampTz, completion => completion.ExpiresUtc)
        .With(NpgsqlDbType.TimestampTz, completion => completion.ResumedUtc);

    public static readonly RowStatement<Completion> ChangeCompletions = new RowStatement<Completion>(
            """UPDATE "Courses_Completion" SET "CompletedUtc" = $2, "Basis" = $3, "RevokedUtc" = $4, "ExpiresUtc" = $5, "ResumedUtc" = $6 WHERE "Id" = $1""",
            """
            UPDATE "Courses_Completion" AS c SET "CompletedUtc" = v.completed, "Basis" = v.basis, "RevokedUtc" = v.revoked, "ExpiresUtc" = v.expires, "ResumedUtc" = v.resumed
            FROM unnest($1, $2, $3, $4, $5, $6) AS v(id, completed, basis, revoked, expires, resumed) WHERE c."Id" = v.id
            """)
        .With(NpgsqlDbType.Uuid, completion => completion.Id)
        .With(NpgsqlDbType.TimestampTz, completion => completion.CompletedUtc)
        .With(NpgsqlDbType.Text, completion => completion.Basis)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RevokedUtc)
        .With(NpgsqlDbType.TimestampTz, completion => completion.ExpiresUtc)
        .With(NpgsqlDbType.TimestampTz, completion => completion.ResumedUtc);

    private static RowStatement<AttendanceCredit> Credits(string sqlite, string postgreSql) => new RowStatement<AttendanceCredit>(sqlite, postgreSql)
        .With(NpgsqlDbType.Uuid, credit => credit.SessionId)
        .With(NpgsqlDbType.Uuid, credit => credit.PersonId)
        .With(NpgsqlDbType.Varchar, credit => credit.TopicCode)
        .With(NpgsqlDbType.Varchar, credit => credit.SessionCode)
        .With(NpgsqlDbType.Date, credit => credit.Date)
        .With(NpgsqlDbType.Integer, credit => credit.AttendedMinutes)
        .With(NpgsqlDbType.Integer, credit => credit.TotalMinutes);

    public static AttendanceCredit ReadCredit(DbDataReader row) => new()
    {
        SessionId = row.GetGuid(0),
        PersonId = row.GetGuid(1),
        TopicCode = row.GetString(2),
        SessionCode = row.GetString(3),
        Date = row.GetFieldValue<DateOnly>(4),
        AttendedMinutes = row.GetInt32(5),
        TotalMinutes = row.GetInt32(6),
    };

    public static QuizAttempt ReadAttempt(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        PersonId = row.GetGuid(1),
        CourseId = row.GetGuid(2),
        State = AttemptState.Passed,
        Total = row.GetInt32(3),
        Correct = row.GetInt32(4),
        FinishedUtc = Time(row, 5),
    };

    public static Completion ReadCompletion(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        PersonId = row.GetGuid(1),
        CourseId = row.GetGuid(2),
        TopicCode = row.GetString(3),
        CompletedUtc = Time(row, 4),
        RecordedUtc = Time(row, 5),
        Basis = row.GetString(6),
        ExpiresUtc = row.IsDBNull(7) ? null : Time(row, 7),
        ResumedUtc = row.IsDBNull(8) ? null : Time(row, 8),
    };

    public static Course ReadCourse(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        TopicCode = row.GetString(1),
        State = CourseState.Published,
        QuizRequired = row.GetBoolean(2),
        AttendanceRequired = row.GetBoolean(3),
        MinimumAttendancePercent = row.GetInt32(4),
        CompletionMode = Enum.Parse<CompletionMode>(row.GetString(5)),
        SkillsRequired = row.GetBoolean(6),
        QuizProvesSkills = row.GetBoolean(7),
        ValidMonths = row.IsDBNull(8) ? null : row.GetInt32(8),
        LessonsRequired = row.GetBoolean(10),
    };

    public static int ReadSkillCount(DbDataReader row) => row.GetInt32(9);

    public static int ReadLessonCount(DbDataReader row) => row.GetInt32(11);

    public static StepProof ReadProof(DbDataReader row) => new(row.GetGuid(0), row.GetGuid(1), Time(row, 2));

    private static RowQuery OfPeople(string untilPerson) => new(
        $"{untilPerson} IN (SELECT value FROM json_each($1))",
        $"SELECT r.* FROM unnest($1) AS p(id) CROSS JOIN LATERAL ({untilPerson} = p.id OFFSET 0) AS r");

    private static DateTime Time(DbDataReader row, int at) => DateTime.SpecifyKind(row.GetDateTime(at), DateTimeKind.Utc);
}
