using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

/// <summary>
/// On PostgreSQL the references of credits and completions to people and courses cost as much as a third of writing the row itself, and
/// check-in writes thousands a second. It only writes for people and courses that it has read; what deletes these still deletes their
/// credits and completions, by triggers. SQLite checks references at no cost worth naming and keeps them.
/// </summary>
[DbContext(typeof(SiteDbContext)), Migration("20260130000000_Courses_FastCredits")]
internal sealed class CoursesFastCredits : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.IsNpgsql())
        {
            migrationBuilder.Sql("""
                ALTER TABLE "Courses_AttendanceCredit" DROP CONSTRAINT "FK_Courses_AttendanceCredit_Organization_Person_PersonId";
                ALTER TABLE "Courses_Completion" DROP CONSTRAINT "FK_Courses_Completion_Organization_Person_PersonId";
                ALTER TABLE "Courses_Completion" DROP CONSTRAINT "FK_Courses_Completion_Courses_Course_CourseId";
                CREATE FUNCTION "Courses_DeleteOfPerson"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    DELETE FROM "Courses_AttendanceCredit" WHERE "PersonId" = OLD."Id";
                    DELETE FROM "Courses_Completion" WHERE "PersonId" = OLD."Id";
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Courses_DeleteOfPerson" AFTER DELETE ON "Organization_Person" FOR EACH ROW EXECUTE FUNCTION "Courses_DeleteOfPerson"();
                CREATE FUNCTION "Courses_DeleteOfCourse"() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    DELETE FROM "Courses_Completion" WHERE "CourseId" = OLD."Id";
                    RETURN NULL;
                END $$;
                CREATE TRIGGER "Courses_DeleteOfCourse" AFTER DELETE ON "Courses_Course" FOR EACH ROW EXECUTE FUNCTION "Courses_DeleteOfCourse"();
                """);
        }
    }
}
