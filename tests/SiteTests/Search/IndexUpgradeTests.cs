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
                CREATE TABLE earlier AS SELECT "Id", "Features" || "Marks" AS "Features" FROM "Search_Feature";
                DROP TABLE "Search_Feature";
                ALTER TABLE earlier RENAME TO "Search_Feature";
                ALTER TABLE "Search_Feature" ADD CONSTRAINT "Search_Feature_pkey" PRIMARY KEY ("Id");
                CREATE INDEX "IX_Search_Feature_Features" ON "Search_Feature" USING gin ("Features");
                DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '20260205000600_Search_Marks';
                """);
            await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            return true;
        });

        Assert.Equal(before, await RowsAsync());
        Assert.NotNull((await site.CreateClient().GetPageAsync("/search?q=mat+khau")).QuerySelector(".hit mark"));
    }

    private Task<List<string>> RowsAsync() => site.QueryAsync(db => db.Database.SqlQuery<string>(
        $"""SELECT concat("Id", ' ', "Marks", ' ', "Features") AS "Value" FROM "Search_Feature" ORDER BY "Id" """).ToListAsync());
}
