using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

/// <summary>
/// Completions end with a day in Vietnam: what ended in the midst of one holds until the midnight after it. A completion that was renewed
/// after it had ended says since when it holds again.
/// </summary>
[DbContext(typeof(SiteDbContext)), Migration("20260205000000_Courses_ExpiryDay")]
internal sealed class CoursesExpiryDay : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<DateTime>("ResumedUtc", "Courses_Completion", nullable: true);
        migrationBuilder.Sql(migrationBuilder.IsNpgsql()
            ? """UPDATE "Courses_Completion" SET "ExpiresUtc" = (date_trunc('day', "ExpiresUtc" AT TIME ZONE 'Asia/Ho_Chi_Minh') + interval '1 day') AT TIME ZONE 'Asia/Ho_Chi_Minh' WHERE "ExpiresUtc" IS NOT NULL"""
            : """UPDATE "Courses_Completion" SET "ExpiresUtc" = datetime("ExpiresUtc", '+7 hours', 'start of day', '+1 day', '-7 hours') WHERE "ExpiresUtc" IS NOT NULL""");
    }
}
