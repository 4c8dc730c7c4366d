using System.Data.Common;
using Microsoft.Data.Sqlite;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Features in an FTS5 table without text. A statement per lookup or row costs microseconds here: there is no server to travel to.</summary>
internal sealed class SqliteIndexStore(SiteDbContext db) : IndexStore(db)
{
    protected override string FeatureKey => "rowid";

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
            Fill(feature, id, string.Join(' ', row.Analysis.Features.Concat(row.Tokens)));
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
        var facets = string.Concat(filter.AllOf.Select(token => $" AND \"{token}\""));
        var hidden = filter.AnyOf is { } visible ? Hidden(visible) : "";
        await using var command = Prepare(
            $"""SELECT rowid FROM "Search_Feature" WHERE "Search_Feature" MATCH @match LIMIT {most}""", "match");
        foreach (var lookup in lookups)
        {
            Fill(command, $"({string.Join(" AND ", lookup.Features.Select(feature => $"\"{feature}\""))}{facets}){hidden}");
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (reader.Read())
            {
                found(lookup.Weight, reader.GetInt32(0));
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

    /// <summary>
    /// Takes out what the reader may not see. Asking for what they may see finds the same, but most passages are public, and FTS5 reads through
    /// the list of them all for each lookup: that took three quarters of its time.
    /// </summary>
    private static string Hidden(IReadOnlyList<string> visible)
    {
        var own = Either(visible.Except([ReaderScope.Public]).Except(ReaderScope.Restricted));
        return $" NOT (({Either(ReaderScope.Restricted.Except(visible))}){(own.Length > 0 ? $" NOT ({own})" : "")})";
    }

    private static string Either(IEnumerable<string> tokens) => string.Join(" OR ", tokens.Select(token => $"\"{token}\""));

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
