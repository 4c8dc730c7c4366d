using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260116000000_Sessions_Board")]
internal sealed class SessionsBoard : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Sessions_PointContact", table => new
        {
            PointId = table.Column<Guid>(nullable: false),
            AtUtc = table.Column<DateTime>(nullable: false),
            Device = table.Column<string>(maxLength: 60, nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Sessions_PointContact", contact => contact.PointId);
            table.ForeignKey("FK_Sessions_PointContact_Sessions_Point_PointId", contact => contact.PointId, "Sessions_Point", "Id", onDelete: ReferentialAction.Cascade);
        });
}
