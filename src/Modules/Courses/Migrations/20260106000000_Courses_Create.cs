using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260106000000_Courses_Create")]
internal sealed class CoursesCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateContent(migrationBuilder);
        CreateLearning(migrationBuilder);
    }

    private static void CreateContent(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_Topic", table => new
        {
            Code = table.Column<string>(maxLength: 10, nullable: false),
            Name = table.Column<string>(maxLength: 100, nullable: false),
            Icon = table.Column<string>(maxLength: 40, nullable: false),
            Order = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Courses_Topic", topic => topic.Code));

        migrationBuilder.CreateTable("Courses_Course", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Slug = table.Column<string>(maxLength: 100, nullable: false),
            TopicCode = table.Column<string>(maxLength: 10, nullable: false),
            Title = table.Column<string>(maxLength: 200, nullable: false),
            Summary = table.Column<string>(maxLength: 500, nullable: false),
            Audience = table.Column<string>(maxLength: 300, nullable: false),
            Outcomes = table.Column<string>(maxLength: 2000, nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            QuizRequired = table.Column<bool>(nullable: false),
            AttendanceRequired = table.Column<bool>(nullable: false),
            MinimumAttendancePercent = table.Column<int>(nullable: false),
            CompletionMode = table.Column<string>(maxLength: 30, nullable: false),
            PassPercent = table.Column<int>(nullable: false),
            DrawCount = table.Column<int>(nullable: false),
            MaxAttempts = table.Column<int>(nullable: false),
            Explain = table.Column<string>(maxLength: 30, nullable: false),
            AreaPath = table.Column<string>(maxLength: 200, nullable: true),
            Quarter = table.Column<string>(maxLength: 10, nullable: true),
            UpdatedUtc = table.Column<DateTime>(nullable: false),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Course", course => course.Id);
            table.ForeignKey("FK_Courses_Course_Courses_Topic_TopicCode", course => course.TopicCode, "Courses_Topic", "Code", onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_Courses_Course_Slug", "Courses_Course", "Slug", unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Course_TopicCode", "Courses_Course", "TopicCode");

        migrationBuilder.CreateTable("Courses_Lesson", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Slug = table.Column<string>(maxLength: 100, nullable: false),
            Position = table.Column<int>(nullable: false),
            Title = table.Column<string>(maxLength: 200, nullable: false),
            Summary = table.Column<string>(maxLength: 500, nullable: false),
            Markdown = table.Column<string>(nullable: false),
            Html = table.Column<string>(nullable: false),
            Text = table.Column<string>(nullable: false),
            Minutes = table.Column<int>(nullable: false),
            Bytes = table.Column<int>(nullable: false),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Lesson", lesson => lesson.Id);
            table.ForeignKey("FK_Courses_Lesson_Courses_Course_CourseId", lesson => lesson.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_Lesson_CourseId_Slug", "Courses_Lesson", ["CourseId", "Slug"], unique: true);

        migrationBuilder.CreateTable("Courses_Skill", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Code = table.Column<string>(maxLength: 20, nullable: false),
            Text = table.Column<string>(maxLength: 300, nullable: false),
            Position = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Skill", skill => skill.Id);
            table.ForeignKey("FK_Courses_Skill_Courses_Course_CourseId", skill => skill.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_Skill_CourseId_Code", "Courses_Skill", ["CourseId", "Code"], unique: true);

        migrationBuilder.CreateTable("Courses_Question", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            LessonId = table.Column<Guid>(nullable: true),
            Key = table.Column<string>(maxLength: 30, nullable: false),
            Revision = table.Column<int>(nullable: false),
            Type = table.Column<string>(maxLength: 30, nullable: false),
            Text = table.Column<string>(maxLength: 1000, nullable: false),
            Options = table.Column<string>(nullable: false),
            Explanation = table.Column<string>(maxLength: 2000, nullable: false),
            RetiredUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Question", question => question.Id);
            table.ForeignKey("FK_Courses_Question_Courses_Course_CourseId", question => question.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_Question_Courses_Lesson_LessonId", question => question.LessonId, "Courses_Lesson", "Id", onDelete: ReferentialAction.SetNull);
        });
        migrationBuilder.CreateIndex("IX_Courses_Question_CourseId_Key_Revision", "Courses_Question", ["CourseId", "Key", "Revision"], unique: true);
        migrationBuilder.CreateIndex("IX_Courses_Question_LessonId", "Courses_Question", "LessonId");
    }

    private static void CreateLearning(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_QuizAttempt", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            Draw = table.Column<string>(nullable: false),
            Total = table.Column<int>(nullable: false),
            Correct = table.Column<int>(nullable: false),
            PassPercent = table.Column<int>(nullable: false),
            StartedUtc = table.Column<DateTime>(nullable: false),
            FinishedUtc = table.Column<DateTime>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_QuizAttempt", attempt => attempt.Id);
            table.ForeignKey("FK_Courses_QuizAttempt_Organization_Person_PersonId", attempt => attempt.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_QuizAttempt_Courses_Course_CourseId", attempt => attempt.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_QuizAttempt_PersonId_CourseId_Number", "Courses_QuizAttempt", ["PersonId", "CourseId", "Number"], unique: true);
        migrationBuilder.CreateIndex("IX_Courses_QuizAttempt_Running", "Courses_QuizAttempt", ["PersonId", "CourseId"], unique: true, filter: "\"State\" = 'Running'");
        migrationBuilder.CreateIndex("IX_Courses_QuizAttempt_CourseId", "Courses_QuizAttempt", "CourseId");

        migrationBuilder.CreateTable("Courses_LessonProgress", table => new
        {
            PersonId = table.Column<Guid>(nullable: false),
            LessonId = table.Column<Guid>(nullable: false),
            OpenedUtc = table.Column<DateTime>(nullable: false),
            ActiveUtc = table.Column<DateTime>(nullable: false),
            FinishedUtc = table.Column<DateTime>(nullable: true),
            Anchor = table.Column<string>(maxLength: 100, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_LessonProgress", progress => new { progress.PersonId, progress.LessonId });
            table.ForeignKey("FK_Courses_LessonProgress_Organization_Person_PersonId", progress => progress.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_LessonProgress_Courses_Lesson_LessonId", progress => progress.LessonId, "Courses_Lesson", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_LessonProgress_LessonId", "Courses_LessonProgress", "LessonId");
        migrationBuilder.CreateIndex("IX_Courses_LessonProgress_ActiveUtc", "Courses_LessonProgress", "ActiveUtc");

        migrationBuilder.CreateTable("Courses_AttendanceCredit", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            TopicCode = table.Column<string>(maxLength: 10, nullable: false),
            SessionCode = table.Column<string>(maxLength: 60, nullable: false),
            Date = table.Column<DateOnly>(nullable: false),
            AttendedMinutes = table.Column<int>(nullable: false),
            TotalMinutes = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_AttendanceCredit", credit => new { credit.SessionId, credit.PersonId, credit.TopicCode });
            table.ForeignKey("FK_Courses_AttendanceCredit_Organization_Person_PersonId", credit => credit.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_AttendanceCredit_PersonId_TopicCode", "Courses_AttendanceCredit", ["PersonId", "TopicCode"]);

        migrationBuilder.CreateTable("Courses_Completion", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            CourseId = table.Column<Guid>(nullable: false),
            TopicCode = table.Column<string>(maxLength: 10, nullable: false),
            CompletedUtc = table.Column<DateTime>(nullable: false),
            RecordedUtc = table.Column<DateTime>(nullable: false),
            Basis = table.Column<string>(nullable: false),
            RevokedUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Completion", completion => completion.Id);
            table.ForeignKey("FK_Courses_Completion_Organization_Person_PersonId", completion => completion.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Courses_Completion_Courses_Course_CourseId", completion => completion.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_Completion_Valid", "Courses_Completion", ["PersonId", "CourseId"], unique: true, filter: "\"RevokedUtc\" IS NULL");
        migrationBuilder.CreateIndex("IX_Courses_Completion_PersonId", "Courses_Completion", "PersonId");
        migrationBuilder.CreateIndex("IX_Courses_Completion_CourseId", "Courses_Completion", "CourseId");
    }
}
