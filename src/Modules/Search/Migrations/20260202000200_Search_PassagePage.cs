using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Search.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260202000200_Search_PassagePage")]
internal sealed class SearchPassagePage : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("Page", "Search_Passage", nullable: true);
}
