using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260204000000_Courses_Expiry")]
internal sealed class CoursesExpiry : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("ValidMonths", "Courses_Course", nullable: true);
        migrationBuilder.AddColumn<DateTime>("ExpiresUtc", "Courses_Completion", nullable: true);
        migrationBuilder.CreateIndex("IX_Courses_Completion_Expiring", "Courses_Completion", "ExpiresUtc", filter: "\"ExpiresUtc\" IS NOT NULL");

        migrationBuilder.CreateTable("Courses_CoursePrerequisite", table => new
        {
            CourseId = table.Column<Guid>(nullable: false),
            RequiredId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_CoursePrerequisite", row => new { row.CourseId, row.RequiredId });
            table.ForeignKey("FK_Courses_CoursePrerequisite_Courses_Course_CourseId", row => row.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_CoursePrerequisite_Courses_Course_RequiredId", row => row.RequiredId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_CoursePrerequisite_RequiredId", "Courses_CoursePrerequisite", "RequiredId");
    }
}
