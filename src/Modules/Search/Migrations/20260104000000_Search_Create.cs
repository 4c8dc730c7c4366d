using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace TrainingSite.Search.Migrations;

[DbContext(typeof(SiteDbContext)), Migration("20260104000000_Search_Create")]
internal sealed class SearchCreate : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Search_Document", table => new
        {
            Id = Identity(table.Column<int>(nullable: false)),
            Kind = table.Column<string>(maxLength: 40, nullable: false),
            SourceId = table.Column<Guid>(nullable: false),
            Title = table.Column<string>(maxLength: 500, nullable: false),
            Url = table.Column<string>(maxLength: 500, nullable: false),
            Topic = table.Column<string>(maxLength: 40, nullable: true),
            Visibility = table.Column<string>(maxLength: 30, nullable: false),
            UnitPath = table.Column<string>(maxLength: 200, nullable: true),
            Source = table.Column<string>(maxLength: 500, nullable: false),
            UpdatedUtc = table.Column<DateTime>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Search_Document", document => document.Id));
        migrationBuilder.CreateIndex("IX_Search_Document_Kind_SourceId", "Search_Document", ["Kind", "SourceId"], unique: true);

        migrationBuilder.CreateTable("Search_Passage", table => new
        {
            Id = Identity(table.Column<int>(nullable: false)),
            DocumentId = table.Column<int>(nullable: false),
            Ordinal = table.Column<int>(nullable: false),
            TitleLength = table.Column<int>(nullable: false),
            Keys = table.Column<string>(nullable: false),
            Reading = table.Column<string>(nullable: true),
            Text = table.Column<string>(nullable: false),
        }, constraints: table =>
        {
            table.PrimaryKey("PK_Search_Passage", passage => passage.Id);
            table.ForeignKey("FK_Search_Passage_Search_Document_DocumentId", passage => passage.DocumentId, "Search_Document", "Id", onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_Search_Passage_DocumentId", "Search_Passage", "DocumentId");

        migrationBuilder.CreateTable("Search_Statistic", table => new
        {
            Feature = table.Column<string>(maxLength: 100, nullable: false),
            Passages = table.Column<int>(nullable: false),
            Clean = table.Column<int>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Search_Statistic", statistic => statistic.Feature));

        migrationBuilder.CreateTable("Search_State", table => new
        {
            Id = table.Column<int>(nullable: false),
            AnalyzerVersion = table.Column<int>(nullable: false),
            Generation = table.Column<int>(nullable: false),
            CountedTo = table.Column<int>(nullable: false),
            Passages = table.Column<int>(nullable: false),
            Length = table.Column<long>(nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Search_State", state => state.Id));

        migrationBuilder.CreateTable("Search_Abbreviation", table => new
        {
            Short = table.Column<string>(maxLength: 20, nullable: false),
            Long = table.Column<string>(maxLength: 200, nullable: false),
        }, constraints: table => table.PrimaryKey("PK_Search_Abbreviation", abbreviation => abbreviation.Short));
        foreach (var (shortForm, longForm) in FirstAbbreviations.All)
        {
            migrationBuilder.Sql($"""INSERT INTO "Search_Abbreviation" ("Short", "Long") VALUES ('{shortForm}', '{longForm}')""");
        }

        CreateFeatures(migrationBuilder);
    }

    /// <summary>
    /// Which passages hold which features: the one thing that the database's full-text index is asked. On SQLite an FTS5 table that stores
    /// no text; on PostgreSQL hashed features under GIN (a third of what a tsvector takes), moved out of the row so that the heap stays narrow.
    /// </summary>
    private void CreateFeatures(MigrationBuilder migrationBuilder)
    {
        if (ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "Search_Feature" USING fts5(features, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_@.'")""");
            return;
        }

        migrationBuilder.Sql("""CREATE TABLE "Search_Feature" ("Id" integer PRIMARY KEY, "Features" integer[] NOT NULL) WITH (toast_tuple_target = 128)""");
        migrationBuilder.Sql("""ALTER TABLE "Search_Feature" ALTER COLUMN "Features" SET STORAGE EXTERNAL""");
        migrationBuilder.Sql("""CREATE INDEX "IX_Search_Feature_Features" ON "Search_Feature" USING gin ("Features") WITH (fastupdate = off)""");
    }

    private static OperationBuilder<AddColumnOperation> Identity(OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);
}
