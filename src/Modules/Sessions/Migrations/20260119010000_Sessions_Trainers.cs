using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260119010000_Sessions_Trainers")]
internal sealed class SessionsTrainers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Sessions_Trainer", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            UserId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_Trainer", trainer => new { trainer.SessionId, trainer.UserId });
            table.ForeignKey("FK_Sessions_Trainer_Sessions_Session_SessionId", trainer => trainer.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_Trainer_Kernel_User_UserId", trainer => trainer.UserId, "Kernel_User", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_Trainer_UserId", "Sessions_Trainer", "UserId");
    }
}
