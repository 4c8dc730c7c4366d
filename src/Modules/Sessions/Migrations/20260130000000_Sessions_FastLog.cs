using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

/// <summary>
/// On PostgreSQL each reference from the log and from attendance to the list of the invited costs as much as a third of writing the row
/// itself. Check-in only writes for people on the list, nobody is taken off it while there are marks, and what deletes a place on the list
/// still deletes what hangs on it: a trigger does that now. SQLite checks references at no cost worth naming and keeps them.
/// </summary>
[DbContext(typeof(SiteDbContext)), Migration("20260130000000_Sessions_FastLog")]
internal sealed class SessionsFastLog : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.IsNpgsql())
        {
            migrationBuilder.Sql("""
                ALTER TABLE "Sessions_AttendanceEvent" DROP CONSTRAINT "FK_Sessions_AttendanceEvent_Sessions_Invitation";
                ALTER TABLE "Sessions_Attendance" DROP CONSTRAINT "FK_Sessions_Attendance_Sessions_Invitation_SessionId_PersonId";
                CREATE FUNCTION "Sessions_DeleteAttendance"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    DELETE FROM "Sessions_AttendanceEvent" WHERE "SessionId" = OLD."SessionId" AND "PersonId" = OLD."PersonId";
                    DELETE FROM "Sessions_Attendance" WHERE "SessionId" = OLD."SessionId" AND "PersonId" = OLD."PersonId";
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Sessions_DeleteAttendance" AFTER DELETE ON "Sessions_Invitation" FOR EACH ROW EXECUTE FUNCTION "Sessions_DeleteAttendance"();
                """);
        }
    }
}
