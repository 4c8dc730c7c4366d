using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260118000000_Sessions_Makeup")]
internal sealed class SessionsMakeup : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<bool>("IsRehearsal", "Sessions_Session", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<Guid>("MakeupOfId", "Sessions_Session", nullable: true);
        migrationBuilder.CreateIndex("IX_Sessions_Session_MakeupOfId", "Sessions_Session", "MakeupOfId");
        migrationBuilder.CreateTable("Sessions_MakeupPoint", table => new
        {
            SessionId = table.Column<Guid>(nullable: false),
            PointId = table.Column<Guid>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_MakeupPoint", row => new { row.SessionId, row.PointId });
            table.ForeignKey("FK_Sessions_MakeupPoint_Sessions_Session_SessionId", row => row.SessionId, "Sessions_Session", "Id", onDelete: ReferentialAction.Cascade);
            table.ForeignKey("FK_Sessions_MakeupPoint_Sessions_Point_PointId", row => row.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Sessions_MakeupPoint_PointId", "Sessions_MakeupPoint", "PointId");
    }
}
