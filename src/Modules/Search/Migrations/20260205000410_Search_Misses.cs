using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Search.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000410_Search_Misses")]
internal sealed class SearchMisses : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("Search_Miss", table => new
        {
            Form = table.Column<string>(maxLength: 100, nullable: false),
            Text = table.Column<string>(maxLength: 100, nullable: false),
            FirstDay = table.Column<DateOnly>(nullable: false),
            LastDay = table.Column<DateOnly>(nullable: false),
            Count = table.Column<int>(nullable: false),
            People = table.Column<long>(nullable: false),
            HandledUtc = table.Column<DateTime>(nullable: true),
            HandledBy = table.Column<string>(maxLength: 200, nullable: true),
        }, constraints: table => table.PrimaryKey("PK_Search_Miss", miss => miss.Form));
}
