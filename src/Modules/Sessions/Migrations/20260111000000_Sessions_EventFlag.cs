using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260111000000_Sessions_EventFlag")]
internal sealed class SessionsEventFlag : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("Flag", "Sessions_AttendanceEvent", maxLength: 30, nullable: true);
}
