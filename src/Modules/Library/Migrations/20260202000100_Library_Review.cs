using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace TrainingSite.Library.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260202000100_Library_Review")]
internal sealed class LibraryReview : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("State", "Library_Document", maxLength: 30, nullable: false, defaultValue: "Published");
        migrationBuilder.AddColumn<string>("ReviewNote", "Library_Document", maxLength: 1000, nullable: true);
        migrationBuilder.AddColumn<Guid>("ReviewedById", "Library_Document", nullable: true);
        migrationBuilder.AddColumn<DateTime>("ReviewedUtc", "Library_Document", nullable: true);
        migrationBuilder.AddColumn<int>("Edition", "Library_Document", nullable: false, defaultValue: 1);
        migrationBuilder.AddColumn<DateTime>("EditionUtc", "Library_Document", nullable: false, defaultValue: DateTime.UnixEpoch);
        migrationBuilder.Sql("""UPDATE "Library_Document" SET "EditionUtc" = "CreatedUtc" """);
        migrationBuilder.CreateIndex("IX_Library_Document_State", "Library_Document", "State");

        migrationBuilder.CreateTable("Library_EarlierEdition", table => new
        {
            DocumentId = table.Column<Guid>(nullable: false),
            Number = table.Column<int>(nullable: false),
            FileName = table.Column<string>(maxLength: 200, nullable: false),
            Format = table.Column<string>(maxLength: 30, nullable: false),
            Size = table.Column<long>(nullable: false),
            Sha256 = table.Column<string>(maxLength: 64, nullable: false),
            CreatedUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Library_EarlierEdition", edition => new { edition.DocumentId, edition.Number });
            table.ForeignKey("FK_Library_EarlierEdition_Library_Document_DocumentId", edition => edition.DocumentId, "Library_Document", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Library_EarlierEdition_Sha256", "Library_EarlierEdition", "Sha256");
    }
}
