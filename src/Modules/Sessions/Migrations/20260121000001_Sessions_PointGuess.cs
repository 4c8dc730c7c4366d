using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Sessions.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260121000001_Sessions_PointGuess")]
internal sealed class SessionsPointGuess : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Sessions_PointGuess", table => new
        {
            SubjectId = table.Column<Guid>(nullable: false),
            Count = table.Column<int>(nullable: false),
            UntilUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Sessions_PointGuess", guess => guess.SubjectId));
}
