using System.Data;
using Microsoft.Extensions.DependencyInjection;

namespace TrainingSite.SiteTests.Kernel;

/// <summary>Migrations are written by hand: a migrated database must have the columns and indexes that the model describes.</summary>
public abstract class DriftTests(SiteFixture site)
{
    [Fact]
    public async Task Migrate_EmptyDatabase_GivesTheSchemaOfTheModel()
    {
        var migrated = await SchemaAsync();
        var modelled = await site.WithAsync(async services =>
        {
            var db = services.GetRequiredService<SiteDbContext>();
            await db.Database.EnsureDeletedAsync();
            await db.Database.EnsureCreatedAsync();
            return await SchemaAsync();
        });

        string[] triggers = await site.QueryAsync(db => Task.FromResult(db.IsSqlite)) ? [] : ["Courses_DeleteOfCourse ON \"Courses_Course\"", "Courses_DeleteOfPerson ON \"Organization_Person\"", "Sessions_DeleteAttendance ON \"Sessions_Invitation\""];
        var replaced = triggers.Length == 0 ? [] : modelled.FindAll(line => ReplacedByTriggers.Any(name => line.Contains($" {name} FOREIGN KEY", StringComparison.Ordinal)));
        Assert.Equal(triggers.Length == 0 ? 0 : ReplacedByTriggers.Length, replaced.Count);
        Assert.Equal(string.Join('\n', modelled.Except(replaced).Concat(triggers.Select(trigger => $"trigger {trigger}"))), string.Join('\n', migrated.Where(line => !IsMigrationOnly(line))));
    }

    /// <summary>What is made by SQL and EF has no model for: full-text search.</summary>
    private static bool IsMigrationOnly(string line) => MigrationOnly.Any(name => line.Contains(name, StringComparison.Ordinal));

    private static readonly string[] MigrationOnly = ["__EF", "Search_Feature", "Search_Passage.Filler", "Search_Passage.IsPublic", "Search_Passage.Marks", "IX_Search_Passage_Features"];

    /// <summary>References that check-in cannot afford on PostgreSQL, and the triggers that delete there what hangs on a deleted row.</summary>
    private static readonly string[] ReplacedByTriggers =
    [
        "FK_Sessions_AttendanceEvent_Sessions_Invitation", "FK_Sessions_Attendance_Sessions_Invitation_SessionId_PersonId",
        "FK_Courses_AttendanceCredit_Organization_Person_PersonId", "FK_Courses_Completion_Organization_Person_PersonId", "FK_Courses_Completion_Courses_Course_CourseId",
    ];

    private Task<List<string>> SchemaAsync() => site.QueryAsync(async db =>
    {
        var sql = db.IsSqlite
            ? """
              SELECT m.name || '.' || p.name || ' ' || p.type || ' notnull=' || p."notnull" || ' pk=' || p.pk FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'
              UNION ALL
              SELECT 'index ' || m.name || ' ' || m.tbl_name || '(' || (SELECT group_concat(i.name) FROM pragma_index_info(m.name) i) || ') unique=' || (SELECT l."unique" FROM pragma_index_list(m.tbl_name) l WHERE l.name = m.name) FROM sqlite_master m WHERE m.type = 'index' AND m.name NOT LIKE 'sqlite%'
              ORDER BY 1
              """
            : """
              SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' null=' || is_nullable || ' ' || is_identity FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT ILIKE 'qrtz%'
              UNION ALL
              SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT ILIKE 'qrtz%'
              UNION ALL
              SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid::regclass::text NOT ILIKE '%qrtz%'
              UNION ALL
              SELECT 'trigger ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal
              ORDER BY 1
              """;
        var lines = new List<string>();
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult);
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        await reader.DisposeAsync();
        await db.Database.CloseConnectionAsync();
        return lines;
    });
}

public sealed class SqliteDriftTests(EmptySqliteSite site) : DriftTests(site), IClassFixture<EmptySqliteSite>;

public sealed class PostgreSqlDriftTests(EmptyPostgreSqlSite site) : DriftTests(site), IClassFixture<EmptyPostgreSqlSite>;

public sealed class EmptySqliteSite : SqliteSite
{
    protected override string? Recipe => null;
}

public sealed class EmptyPostgreSqlSite : PostgreSqlSite
{
    protected override string? Recipe => null;
}
