using NpgsqlTypes;
using TrainingSite.Courses.Models;

namespace TrainingSite.Courses.Services;

/// <summary>The writes of <see cref="CompletionService.WriteAttendanceAsync"/>, for many people at once.</summary>
internal static class CompletionSql
{
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
            """INSERT INTO "Courses_Completion" ("Id", "CompletedUtc", "Basis", "RevokedUtc", "PersonId", "CourseId", "TopicCode", "RecordedUtc") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
            """INSERT INTO "Courses_Completion" ("Id", "CompletedUtc", "Basis", "RevokedUtc", "PersonId", "CourseId", "TopicCode", "RecordedUtc") SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)""")
        .With(NpgsqlDbType.Uuid, completion => completion.Id)
        .With(NpgsqlDbType.TimestampTz, completion => completion.CompletedUtc)
        .With(NpgsqlDbType.Text, completion => completion.Basis)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RevokedUtc)
        .With(NpgsqlDbType.Uuid, completion => completion.PersonId)
        .With(NpgsqlDbType.Uuid, completion => completion.CourseId)
        .With(NpgsqlDbType.Varchar, completion => completion.TopicCode)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RecordedUtc);

    public static readonly RowStatement<Completion> ChangeCompletions = new RowStatement<Completion>(
            """UPDATE "Courses_Completion" SET "CompletedUtc" = $2, "Basis" = $3, "RevokedUtc" = $4 WHERE "Id" = $1""",
            """
            UPDATE "Courses_Completion" AS c SET "CompletedUtc" = v.completed, "Basis" = v.basis, "RevokedUtc" = v.revoked
            FROM unnest($1, $2, $3, $4) AS v(id, completed, basis, revoked) WHERE c."Id" = v.id
            """)
        .With(NpgsqlDbType.Uuid, completion => completion.Id)
        .With(NpgsqlDbType.TimestampTz, completion => completion.CompletedUtc)
        .With(NpgsqlDbType.Text, completion => completion.Basis)
        .With(NpgsqlDbType.TimestampTz, completion => completion.RevokedUtc);

    private static RowStatement<AttendanceCredit> Credits(string sqlite, string postgreSql) => new RowStatement<AttendanceCredit>(sqlite, postgreSql)
        .With(NpgsqlDbType.Uuid, credit => credit.SessionId)
        .With(NpgsqlDbType.Uuid, credit => credit.PersonId)
        .With(NpgsqlDbType.Varchar, credit => credit.TopicCode)
        .With(NpgsqlDbType.Varchar, credit => credit.SessionCode)
        .With(NpgsqlDbType.Date, credit => credit.Date)
        .With(NpgsqlDbType.Integer, credit => credit.AttendedMinutes)
        .With(NpgsqlDbType.Integer, credit => credit.TotalMinutes);
}
