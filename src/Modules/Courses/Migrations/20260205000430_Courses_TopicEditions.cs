using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000430_Courses_TopicEditions")]
internal sealed class CoursesTopicEditions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Audience", "Courses_Topic", maxLength: 300, nullable: false, defaultValue: "");
        migrationBuilder.AddColumn<bool>("IsOffered", "Courses_Topic", nullable: false, defaultValue: true);
        migrationBuilder.AddColumn<string>("UnitPath", "Courses_Topic", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<string>("UnitName", "Courses_Topic", maxLength: 500, nullable: true);
        migrationBuilder.CreateTable("Courses_TopicEdition", table => new
        {
            Code = table.Column<string>(maxLength: 10, nullable: false),
            ValidFrom = table.Column<DateOnly>(nullable: false),
            OfferedUntil = table.Column<DateOnly>(nullable: true),
            Name = table.Column<string>(maxLength: 100, nullable: false),
            Audience = table.Column<string>(maxLength: 300, nullable: false),
            Order = table.Column<int>(nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: true),
            UnitName = table.Column<string>(maxLength: 500, nullable: true),
            ChangedBy = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_TopicEdition", edition => new { edition.Code, edition.ValidFrom });
            table.ForeignKey("FK_Courses_TopicEdition_Courses_Topic_Code", edition => edition.Code, "Courses_Topic", "Code", onDelete: ReferentialAction.Cascade);
        });
        // What the topics are now is what they were from the beginning.
        migrationBuilder.Sql("""
            INSERT INTO "Courses_TopicEdition" ("Code", "ValidFrom", "Name", "Audience", "Order", "ChangedBy")
            SELECT "Code", '2020-01-01', "Name", '', "Order", '' FROM "Courses_Topic"
            """);
    }
}
