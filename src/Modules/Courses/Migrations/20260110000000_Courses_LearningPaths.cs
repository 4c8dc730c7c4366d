using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260110000000_Courses_LearningPaths")]
internal sealed class CoursesLearningPaths : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_LearningPath", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Slug = table.Column<string>(maxLength: 100, nullable: false),
            Title = table.Column<string>(maxLength: 200, nullable: false),
            Summary = table.Column<string>(maxLength: 500, nullable: false),
            Roles = table.Column<string>(maxLength: 60, nullable: false),
            Levels = table.Column<string>(maxLength: 30, nullable: false),
            Order = table.Column<int>(nullable: false),
            IsPublished = table.Column<bool>(nullable: false),
            UpdatedUtc = table.Column<DateTime>(nullable: false),
            Version = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Courses_LearningPath", path => path.Id));
        migrationBuilder.CreateIndex("IX_Courses_LearningPath_Slug", "Courses_LearningPath", "Slug", unique: true);

        migrationBuilder.CreateTable("Courses_LearningPathCourse", table => new
        {
            PathId = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Position = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_LearningPathCourse", step => new { step.PathId, step.CourseId });
            table.ForeignKey("FK_Courses_LearningPathCourse_Courses_LearningPath_PathId", step => step.PathId, "Courses_LearningPath", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_LearningPathCourse_Courses_Course_CourseId", step => step.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_LearningPathCourse_CourseId", "Courses_LearningPathCourse", "CourseId");
    }
}
