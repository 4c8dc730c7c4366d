using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.SiteTests.Search;

/// <summary>What an upgrade does to an index that holds years of documents: nothing is lost, nothing is built anew.</summary>
public sealed class PostgreSqlIndexUpgradeTests(PostgreSqlSite site) : IClassFixture<PostgreSqlSite>
{
    [Fact]
    public async Task Upgrade_OfRowsThatHeldRightsAmongWords_TellsThemApart()
    {
        var before = await RowsAsync();
        Assert.NotEmpty(before);

        await site.WithAsync(async services =>
        {
            await services.GetRequiredService<SiteDbContext>().Database.ExecuteSqlRawAsync(
                """
                DROP INDEX "IX_Search_Passage_Features";
                CREATE TABLE "Search_Feature" AS SELECT "Id", ARRAY[1, 2] || "Marks" AS "Features" FROM "Search_Passage";
                ALTER TABLE "Search_Feature" ADD CONSTRAINT "Search_Feature_pkey" PRIMARY KEY ("Id");
                CREATE INDEX "IX_Search_Feature_Features" ON "Search_Feature" USING gin ("Features");
                ALTER TABLE "Search_Passage" DROP COLUMN "IsPublic", DROP COLUMN "Marks", DROP COLUMN "Filler";
                DROP FUNCTION "Search_FeaturesOf";
                DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" IN ('20260205000600_Search_Marks', '20260205000740_Search_OneTable');
                """);
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            return true;
        });

        Assert.Equal(before, await RowsAsync());
        // What is new has a larger key than all before, deleted ones too: that is how it is counted.
        Assert.True(await site.QueryAsync(db => db.Database.SqlQuery<bool>(
            $"""SELECT nextval(pg_get_serial_sequence('"Search_Passage"', 'Id')) > max("Id") AS "Value" FROM "Search_Passage" """).SingleAsync()));
        Assert.NotNull((await site.CreateClient().GetPageAsync("/search?q=mat+khau")).QuerySelector(".hit mark"));
    }

    private Task<List<string>> RowsAsync() => site.QueryAsync(db => db.Database.SqlQuery<string>(
        $"""
         SELECT concat_ws('|', "Id", "DocumentId", "Ordinal", "Page", "TitleLength", "IsPublic", "Marks", "Keys", "Reading", "Text") AS "Value" FROM "Search_Passage" ORDER BY "Id"
         """).ToListAsync());
}
