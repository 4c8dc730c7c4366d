using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260209000100_Sessions_PointChanged")]
internal sealed class SessionsPointChanged : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("ChangedSequence", "Sessions_Session", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<DateTime>("ChangedUtc", "Sessions_Point", nullable: true);
        migrationBuilder.AddColumn<int>("ChangedSequence", "Sessions_Point", nullable: false, defaultValue: 0);
        // Messages are known by this number: nobody is told again of what they were told.
        migrationBuilder.Sql("""UPDATE "Sessions_Session" SET "ChangedSequence" = "Sequence" """);
    }
}
