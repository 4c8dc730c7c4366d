using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260114000100_Sessions_PointReport")]
internal sealed class SessionsPointReport : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("HeadCount", "Sessions_PointStateChange", nullable: true);
        migrationBuilder.AddColumn<DateTime>("ReceivedUtc", "Sessions_PointStateChange", nullable: true);
        migrationBuilder.AddColumn<string>("Device", "Sessions_PointStateChange", maxLength: 60, nullable: true);
    }
}
