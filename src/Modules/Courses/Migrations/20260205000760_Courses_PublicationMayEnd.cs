using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000760_Courses_PublicationMayEnd")]
internal sealed class CoursesPublicationMayEnd : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<bool>("MayEnd", "Courses_Publication", nullable: false, defaultValue: false);
}
