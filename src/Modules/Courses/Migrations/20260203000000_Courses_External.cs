using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Courses.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260203000000_Courses_External")]
internal sealed class CoursesExternal : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Courses_ExternalCompletion", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            Name = table.Column<string>(maxLength: 200, nullable: false),
            Provider = table.Column<string>(maxLength: 200, nullable: false),
            CompletedOn = table.Column<DateOnly>(nullable: false),
            Link = table.Column<string>(maxLength: 500, nullable: true),
            FileSha256 = table.Column<string>(maxLength: 64, nullable: true),
            FileType = table.Column<string>(maxLength: 30, nullable: true),
            State = table.Column<string>(maxLength: 30, nullable: false),
            SubmittedBy = table.Column<string>(maxLength: 200, nullable: false),
            SubmittedUtc = table.Column<DateTime>(nullable: false),
            DecidedBy = table.Column<string>(maxLength: 200, nullable: true),
            DecidedUtc = table.Column<DateTime>(nullable: true),
            Reason = table.Column<string>(maxLength: 500, nullable: true),
            Version = table.Column<int>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Courses_ExternalCompletion", row => row.Id);
            table.ForeignKey("FK_Courses_ExternalCompletion_Organization_Person_PersonId", row => row.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Courses_ExternalCompletion_PersonId", "Courses_ExternalCompletion", "PersonId");
        migrationBuilder.CreateIndex("IX_Courses_ExternalCompletion_Waiting", "Courses_ExternalCompletion", "SubmittedUtc", filter: "\"State\" = 'Submitted'");
    }
}
