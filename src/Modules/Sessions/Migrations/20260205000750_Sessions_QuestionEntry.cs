using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000750_Sessions_QuestionEntry")]
internal sealed class SessionsQuestionEntry : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_QuestionEntry", table => new
        {
            QuestionId = table.Column<Guid>(nullable: false),
            DocumentId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_QuestionEntry", entry => entry.QuestionId);
            table.ForeignKey("FK_Sessions_QuestionEntry_Sessions_Question_QuestionId", entry => entry.QuestionId, "Sessions_Question", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_QuestionEntry_Library_Document_DocumentId", entry => entry.DocumentId, "Library_Document", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_QuestionEntry_DocumentId", "Sessions_QuestionEntry", "DocumentId");
    }
}
