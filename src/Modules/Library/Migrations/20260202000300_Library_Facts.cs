using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Library.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260202000300_Library_Facts")]
internal sealed class LibraryFacts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Summary", "Library_Document", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<string>("Audience", "Library_Document", maxLength: 30, nullable: true);
        migrationBuilder.AddColumn<int>("PeriodYear", "Library_Document", nullable: true);
        migrationBuilder.AddColumn<int>("PeriodQuarter", "Library_Document", nullable: true);
        migrationBuilder.AddColumn<string>("Url", "Library_Document", maxLength: 1000, nullable: true);
    }
}
