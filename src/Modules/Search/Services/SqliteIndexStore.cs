using System.Data.Common;
using Microsoft.Data.Sqlite;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Features in an FTS5 table without text. A statement per lookup or row costs microseconds here: there is no server to travel to.</summary>
internal sealed class SqliteIndexStore(SiteDbContext db, PassageFactsCache facts) : IndexStore(db)
{
    public override async Task RemovePassagesAsync(IReadOnlyCollection<int> documentIds, CancellationToken cancellationToken)
    {
        await using var features = Command($"""DELETE FROM "Search_Feature" WHERE rowid IN (SELECT "Id" FROM "Search_Passage" WHERE "DocumentId" IN ({string.Join(',', documentIds)}))""");
        await features.ExecuteNonQueryAsync(cancellationToken);
        await base.RemovePassagesAsync(documentIds, cancellationToken);
    }

    public override async Task AddPassagesAsync(IReadOnlyList<NewPassage> passages, CancellationToken cancellationToken)
    {
        await using var passage = Prepare(
            """
            INSERT INTO "Search_Passage" ("DocumentId", "Ordinal", "Page", "TitleLength", "Keys", "Reading", "Text")
            VALUES (@document, @ordinal, @page, @titleLength, @keys, @reading, @text) RETURNING "Id"
            """, "document", "ordinal", "page", "titleLength", "keys", "reading", "text");
        await using var feature = Prepare("""INSERT INTO "Search_Feature" (rowid, features) VALUES (@id, @features)""", "id", "features");
        foreach (var row in passages)
        {
            Fill(passage, row.DocumentId, row.Ordinal, row.Page, row.Analysis.TitleLength, row.Analysis.Keys, row.Analysis.Reading, row.Text);
            var id = await passage.ExecuteScalarAsync(cancellationToken);
            Fill(feature, id, string.Join(' ', row.Analysis.Features));
            await feature.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override async Task AddCountsAsync(IReadOnlyList<(string Feature, FeatureCount Count)> counts, CancellationToken cancellationToken)
    {
        await using var command = Prepare(
            """
            INSERT INTO "Search_Statistic" ("Feature", "Passages", "Clean") VALUES (@feature, @passages, @clean)
            ON CONFLICT ("Feature") DO UPDATE SET "Passages" = "Passages" + @passages, "Clean" = "Clean" + @clean
            """, "feature", "passages", "clean");
        foreach (var (feature, count) in counts)
        {
            Fill(command, feature, count.Passages, count.Clean);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override async Task FetchAsync(IReadOnlyList<FeatureLookup> lookups, FetchFilter filter, int most, Action<float, int> found, CancellationToken cancellationToken)
    {
        var selection = (await ReadFactsAsync(cancellationToken)).Select(filter);
        await using var command = Prepare("""SELECT rowid FROM "Search_Feature" WHERE "Search_Feature" MATCH @match""", "match");
        foreach (var lookup in lookups)
        {
            Fill(command, string.Join(" AND ", lookup.Features.Select(feature => $"\"{feature}\"")));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            for (var left = most; left > 0 && reader.Read();)
            {
                var passage = reader.GetInt32(0);
                if (selection.Holds(passage))
                {
                    found(lookup.Weight, passage);
                    left--;
                }
            }
        }
    }

    public override async Task ReadAsync(IReadOnlyList<int> ids, Action<StoredPassage> read, CancellationToken cancellationToken)
    {
        await using var command = Prepare(
            $"""
            SELECT {StoredPassage.Columns} FROM json_each(@ids) AS wanted
            CROSS JOIN "Search_Passage" AS p ON p."Id" = wanted.value CROSS JOIN "Search_Document" AS d ON d."Id" = p."DocumentId"
            """, "ids");
        Fill(command, $"[{string.Join(',', ids)}]");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (reader.Read())
        {
            read(StoredPassage.From(reader));
        }
    }

    /// <summary>The facts of all passages that are there now. What an open transaction has written may yet be undone, so it is not remembered.</summary>
    private async Task<PassageFactsCache> ReadFactsAsync(CancellationToken cancellationToken)
    {
        var known = IsInTransaction ? new() : facts;
        await using var command = Prepare(
            """
            SELECT p."Id", d."Kind", d."Topic", d."Visibility", d."UnitPath" FROM "Search_Passage" AS p JOIN "Search_Document" AS d ON d."Id" = p."DocumentId" WHERE p."Id" > @known
            """, "known");
        Fill(command, known.Largest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(int Passage, PassageFacts Facts)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt32(0), StoredPassage.FactsFrom(reader, 1)));
        }

        known.Add(rows);
        return known;
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = (SqliteCommand)Command(sql);
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        }

        return command;
    }

    private static void Fill(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var at = 0; at < values.Length; at++)
        {
            command.Parameters[at].Value = values[at] ?? DBNull.Value;
        }
    }
}
