using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000200_Courses_QuestionKinds")]
internal sealed class CoursesQuestionKinds : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Scene", "Courses_Question", nullable: true);
        migrationBuilder.AddColumn<int>("TimeLimitMinutes", "Courses_Course", nullable: true);
        migrationBuilder.AddColumn<int>("ReadPercent", "Courses_Course", nullable: true);
        migrationBuilder.AddColumn<DateTime>("EndsUtc", "Courses_QuizAttempt", nullable: true);
    }
}
