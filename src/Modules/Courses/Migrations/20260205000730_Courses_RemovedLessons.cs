using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

/// <summary>Lessons taken out of a published course stay in the table, with what people did in them.</summary>
[DbContext(typeof(SiteDbContext)), Migration("20260205000730_Courses_RemovedLessons")]
internal sealed class CoursesRemovedLessons : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<DateTime>("RemovedUtc", "Courses_Lesson", nullable: true);
}
