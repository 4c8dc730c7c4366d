using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260121000002_Sessions_EarlierAnswer")]
internal sealed class SessionsEarlierAnswer : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Sessions_EarlierAnswer", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            Postponement = table.Column<int>(nullable: false),
            StartUtc = table.Column<DateTime>(nullable: false),
            Response = table.Column<string>(maxLength: 30, nullable: false),
            Reason = table.Column<string>(maxLength: 500, nullable: true),
            RespondedUtc = table.Column<DateTime>(nullable: true),
            RespondedByName = table.Column<string>(maxLength: 200, nullable: true),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_EarlierAnswer", answer => new { answer.SessionId, answer.PersonId, answer.Postponement });
            table.ForeignKey("FK_Sessions_EarlierAnswer_Sessions_Invitation", answer => new { answer.SessionId, answer.PersonId }, "Sessions_Invitation", ["SessionId", "PersonId"], onDelete: ReferentialAction.Cascade);
        });
}
