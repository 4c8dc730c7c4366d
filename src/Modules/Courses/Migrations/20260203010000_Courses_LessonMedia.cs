using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260203010000_Courses_LessonMedia")]
internal sealed class CoursesLessonMedia : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<long>("MediaBytes", "Courses_Lesson", nullable: false, defaultValue: 0L);
}
