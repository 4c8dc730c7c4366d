using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260203020000_Courses_Drafts")]
internal sealed class CoursesDrafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<Guid>("DraftOfId", "Courses_Course", nullable: true);
        migrationBuilder.AddColumn<bool>("ReviewRequired", "Courses_Course", nullable: false, defaultValue: false);
        migrationBuilder.CreateIndex("IX_Courses_Course_DraftOfId", "Courses_Course", "DraftOfId", unique: true);

        migrationBuilder.CreateTable("Courses_CourseVersion", table => new
        {
            CourseId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
            Content = table.Column<string>(nullable: false),
            PublishedUtc = table.Column<DateTime>(nullable: false),
            PublishedBy = table.Column<string>(maxLength: 200, nullable: false),
            Note = table.Column<string>(maxLength: 300, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_CourseVersion", version => new { version.CourseId, version.Number });
            table.ForeignKey("FK_Courses_CourseVersion_Courses_Course_CourseId", version => version.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });

        migrationBuilder.CreateTable("Courses_Publication", table => new
        {
            CourseId = table.Column<Guid>(nullable: false),
            State = table.Column<string>(maxLength: 30, nullable: false),
            AskedById = table.Column<Guid>(nullable: true),
            AskedBy = table.Column<string>(maxLength: 200, nullable: false),
            AskedUtc = table.Column<DateTime>(nullable: false),
            DecidedBy = table.Column<string>(maxLength: 200, nullable: false),
            Note = table.Column<string>(maxLength: 300, nullable: false),
            Fingerprint = table.Column<string>(maxLength: 64, nullable: false),
            PublishAtUtc = table.Column<DateTime>(nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_Publication", publication => publication.CourseId);
            table.ForeignKey("FK_Courses_Publication_Courses_Course_CourseId", publication => publication.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_Publication_PublishAtUtc", "Courses_Publication", "PublishAtUtc");
    }
}
