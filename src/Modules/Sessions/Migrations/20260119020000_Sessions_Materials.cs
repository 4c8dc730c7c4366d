using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260119020000_Sessions_Materials")]
internal sealed class SessionsMaterials : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Material", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            Order = table.Column<int>(nullable: false),
            DocumentId = table.Column<Guid>(nullable: true),
            CourseId = table.Column<Guid>(nullable: true),
            Url = table.Column<string>(maxLength: 500, nullable: true),
            Title = table.Column<string>(maxLength: 300, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Material", material => material.Id);
            table.ForeignKey("FK_Sessions_Material_Sessions_Session_SessionId", material => material.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Material_Library_Document_DocumentId", material => material.DocumentId, "Library_Document", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Material_Courses_Course_CourseId", material => material.CourseId, "Courses_Course", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Material_SessionId", "Sessions_Material", "SessionId");
        migrationBuilder.CreateIndex("IX_Sessions_Material_DocumentId", "Sessions_Material", "DocumentId");
        migrationBuilder.CreateIndex("IX_Sessions_Material_CourseId", "Sessions_Material", "CourseId");

        migrationBuilder.CreateTable("Sessions_Question", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            AskedUtc = table.Column<DateTime>(nullable: false),
            Text = table.Column<string>(maxLength: 1000, nullable: false),
            Answer = table.Column<string>(maxLength: 2000, nullable: true),
            AnsweredBy = table.Column<string>(maxLength: 200, nullable: true),
            AnsweredUtc = table.Column<DateTime>(nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Question", question => question.Id);
            table.ForeignKey("FK_Sessions_Question_Sessions_Session_SessionId", question => question.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Question_Organization_Person_PersonId", question => question.PersonId, "Organization_Person", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Question_SessionId_AskedUtc", "Sessions_Question", ["SessionId", "AskedUtc"]);
        migrationBuilder.CreateIndex("IX_Sessions_Question_PersonId", "Sessions_Question", "PersonId");
    }
}
