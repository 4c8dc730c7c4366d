using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260120000000_Sessions_Call")]
internal sealed class SessionsCall : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Sessions_Call", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PersonId = table.Column<Guid>(nullable: false),
            Outcome = table.Column<string>(maxLength: 30, nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            UserId = table.Column<Guid>(nullable: true),
            UserName = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Call", call => new { call.SessionId, call.PersonId });
            table.ForeignKey("FK_Sessions_Call_Sessions_Invitation_SessionId_PersonId", call => new { call.SessionId, call.PersonId }, "Sessions_Invitation", ["SessionId", "PersonId"], onDelete: ReferentialAction.Cascade);
        });
}
