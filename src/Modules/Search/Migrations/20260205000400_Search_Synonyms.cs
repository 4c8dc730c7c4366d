using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Search.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260205000400_Search_Synonyms")]
internal sealed class SearchSynonyms : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Search_Synonym", table => new
        {
            Id = table.Column<Guid>(nullable: false),
            Phrases = table.Column<string>(maxLength: 488, nullable: false),
            Version = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Search_Synonym", group => group.Id));
        foreach (var (group, number) in FirstSynonyms.All.Select((group, index) => (group, index + 1)))
        {
            // On SQLite a key is text in capitals; PostgreSQL takes it so too.
            migrationBuilder.Sql($"""INSERT INTO "Search_Synonym" ("Id", "Phrases", "Version") VALUES ('019B0000-0000-7000-8000-{number:000000000000}', '{string.Join('\n', group)}', 0)""");
        }
    }
}
