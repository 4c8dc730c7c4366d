using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000300_Courses_Offline")]
internal sealed class CoursesOffline : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_LearningEvent", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Kind = table.Column<string>(maxLength: 30, nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            ReceivedUtc = table.Column<DateTime>(nullable: false),
            Device = table.Column<string>(maxLength: 60, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_LearningEvent", row => row.Id);
            table.ForeignKey("FK_Courses_LearningEvent_Organization_Person_PersonId", row => row.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_LearningEvent_Courses_Course_CourseId", row => row.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_LearningEvent_PersonId", "Courses_LearningEvent", "PersonId");
        migrationBuilder.CreateIndex("IX_Courses_LearningEvent_CourseId", "Courses_LearningEvent", "CourseId");

        migrationBuilder.CreateTable("Courses_QuizPaper", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Device = table.Column<string>(maxLength: 60, nullable: false),
            Draw = table.Column<string>(nullable: false),
            Total = table.Column<int>(nullable: false),
            PassPercent = table.Column<int>(nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            AttemptId = table.Column<Guid>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_QuizPaper", row => row.Id);
            table.ForeignKey("FK_Courses_QuizPaper_Organization_Person_PersonId", row => row.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_QuizPaper_Courses_Course_CourseId", row => row.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_QuizPaper_PersonId_CourseId", "Courses_QuizPaper", ["PersonId", "CourseId"]);
        migrationBuilder.CreateIndex("IX_Courses_QuizPaper_CourseId", "Courses_QuizPaper", "CourseId");
    }
}
