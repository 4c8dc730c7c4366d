using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000420_Courses_Apps")]
internal sealed class CoursesApps : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_App", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Slug = table.Column<string>(maxLength: 100, nullable: false),
            Name = table.Column<string>(maxLength: 100, nullable: false),
            Purpose = table.Column<string>(maxLength: 500, nullable: false),
            Publisher = table.Column<string>(maxLength: 200, nullable: false),
            WebUrl = table.Column<string>(maxLength: 500, nullable: true),
            AndroidUrl = table.Column<string>(maxLength: 500, nullable: true),
            AppleUrl = table.Column<string>(maxLength: 500, nullable: true),
            TopicCode = table.Column<string>(maxLength: 10, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: true),
            UnitName = table.Column<string>(maxLength: 500, nullable: true),
            CourseId = table.Column<Guid>(nullable: true),
            LessonId = table.Column<Guid>(nullable: true),
            DocumentId = table.Column<Guid>(nullable: true),
            ReviewedBy = table.Column<string>(maxLength: 200, nullable: true),
            ReviewedOn = table.Column<DateOnly>(nullable: true),
            NextReviewOn = table.Column<DateOnly>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_App", app => app.Id);
            table.ForeignKey("FK_Courses_App_Courses_Topic_TopicCode", app => app.TopicCode, "Courses_Topic", "Code", onDelete: ReferentialAction.Restrict);
            table.ForeignKey("FK_Courses_App_Courses_Course_CourseId", app => app.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_Courses_App_Courses_Lesson_LessonId", app => app.LessonId, "Courses_Lesson", "Id", onDelete: ReferentialAction.SetNull);
            table.ForeignKey("FK_Courses_App_Library_Document_DocumentId", app => app.DocumentId, "Library_Document", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Courses_App_Slug", "Courses_App", "Slug", unique: true);
        foreach (var column in new[] { "TopicCode", "CourseId", "LessonId", "DocumentId" })
        {
            migrationBuilder.CreateIndex($"IX_Courses_App_{column}", "Courses_App", column);
        }
    }
}
