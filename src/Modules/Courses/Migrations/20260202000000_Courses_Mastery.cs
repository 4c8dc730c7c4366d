using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260202000000_Courses_Mastery")]
internal sealed class CoursesMastery : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("SkillsRequired", "Courses_Course", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<bool>("QuizProvesSkills", "Courses_Course", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<string>("RecordedBy", "Courses_QuizAttempt", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<DateTime>("RecordedUtc", "Courses_QuizAttempt", nullable: true);
        migrationBuilder.AddColumn<string>("RecordedBy", "Courses_LessonProgress", maxLength: 200, nullable: true);

        migrationBuilder.CreateTable("Courses_SkillMastery", table => new
        {
            PersonId = table.Column<Guid>(nullable: false),
            SkillId = table.Column<Guid>(nullable: false),
            MarkedUtc = table.Column<DateTime>(nullable: true),
            ConfirmedUtc = table.Column<DateTime>(nullable: true),
            ConfirmedBy = table.Column<string>(maxLength: 200, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_SkillMastery", mastery => new { mastery.PersonId, mastery.SkillId });
            table.ForeignKey("FK_Courses_SkillMastery_Organization_Person_PersonId", mastery => mastery.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_SkillMastery_Courses_Skill_SkillId", mastery => mastery.SkillId, "Courses_Skill", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_SkillMastery_SkillId", "Courses_SkillMastery", "SkillId");
    }
}
