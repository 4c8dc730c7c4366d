using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Library.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260202000000_Library_Scans")]
internal sealed class LibraryScans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<int>("ReadAttempts", "Library_Document", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<string>("Source", "Library_DocumentText", maxLength: 30, nullable: false, defaultValue: "Layer");
        migrationBuilder.AddColumn<int>("Confidence", "Library_DocumentText", nullable: true);
    }
}
