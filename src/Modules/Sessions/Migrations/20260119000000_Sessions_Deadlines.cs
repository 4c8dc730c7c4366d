using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260119000000_Sessions_Deadlines")]
internal sealed class SessionsDeadlines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("ClosedBy", "Sessions_Session", maxLength: 200, nullable: true);
        migrationBuilder.AddColumn<bool>("ClosedByClock", "Sessions_Session", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<int>("CloseAfterMinutes", "Sessions_Session", nullable: true);
        migrationBuilder.AddColumn<DateTime>("ClosesUtc", "Sessions_Session", nullable: true);
        foreach (var table in new[] { "Sessions_Session", "Sessions_Point" })
        {
            migrationBuilder.AddColumn<int>("HandInHours", table, nullable: true);
            migrationBuilder.AddColumn<DateTime>("HandInUtc", table, nullable: true);
            migrationBuilder.AddColumn<DateTime>("HandInReminderUtc", table, nullable: true);
        }
    }
}
