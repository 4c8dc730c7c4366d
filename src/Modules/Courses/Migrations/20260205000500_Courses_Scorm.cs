using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000500_Courses_Scorm")]
internal sealed class CoursesScorm : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("PackageSha256", "Courses_Lesson", maxLength: 64, nullable: true);
        migrationBuilder.AddColumn<bool>("LessonsRequired", "Courses_Course", nullable: false, defaultValue: false);

        migrationBuilder.CreateTable("Courses_ScormPackage", table => new
        {
            Sha256 = table.Column<string>(maxLength: 64, nullable: false),
            Edition = table.Column<string>(maxLength: 30, nullable: false),
            Title = table.Column<string>(maxLength: 200, nullable: false),
            Size = table.Column<long>(nullable: false),
            Items = table.Column<string>(nullable: false),
            Files = table.Column<string>(nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
            CreatedBy = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Courses_ScormPackage", package => package.Sha256));

        migrationBuilder.CreateTable("Courses_ScormState", table => new
        {
            PersonId = table.Column<Guid>(nullable: false),
            LessonId = table.Column<Guid>(nullable: false),
            PackageSha256 = table.Column<string>(maxLength: 64, nullable: false),
            Item = table.Column<int>(nullable: false),
            Session = table.Column<int>(nullable: false),
            Sequence = table.Column<int>(nullable: false),
            Status = table.Column<string>(maxLength: 30, nullable: false),
            Success = table.Column<string>(maxLength: 30, nullable: false),
            ScoreRaw = table.Column<double>(nullable: true),
            ScoreMin = table.Column<double>(nullable: true),
            ScoreMax = table.Column<double>(nullable: true),
            ScoreScaled = table.Column<double>(nullable: true),
            Location = table.Column<string>(maxLength: 1000, nullable: false),
            SuspendData = table.Column<string>(nullable: false),
            IsSuspended = table.Column<bool>(nullable: false),
            EarlierSeconds = table.Column<int>(nullable: false),
            SessionSeconds = table.Column<int>(nullable: false),
            OpenedUtc = table.Column<DateTime>(nullable: false),
            SavedUtc = table.Column<DateTime>(nullable: false),
            DoneUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_ScormState", state => new { state.PersonId, state.LessonId, state.PackageSha256, state.Item });
            table.ForeignKey("FK_Courses_ScormState_Organization_Person_PersonId", state => state.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_ScormState_Courses_Lesson_LessonId", state => state.LessonId, "Courses_Lesson", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_ScormState_Courses_ScormPackage_PackageSha256", state => state.PackageSha256, "Courses_ScormPackage", "Sha256", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Courses_ScormState_LessonId", "Courses_ScormState", "LessonId");
        migrationBuilder.CreateIndex("IX_Courses_ScormState_PackageSha256", "Courses_ScormState", "PackageSha256");
    }
}
