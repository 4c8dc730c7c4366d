using Npgsql;
using NpgsqlTypes;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>
/// Features as hashed numbers under a GIN index over the keys: a third smaller than text, and the same answers, since ranking looks at the
/// passage itself. Who may see a passage, and its facets, stand in the row that a hit is read from anyway: almost every passage holds them, so
/// the index would read through all of it for each lookup. Everything is one round trip, because each costs more than the work in it.
/// </summary>
internal sealed class PostgreSqlIndexStore(SiteDbContext db) : IndexStore(db)
{
    public override async Task AddPassagesAsync(IReadOnlyList<NewPassage> passages, CancellationToken cancellationToken)
    {
        await using var command = (NpgsqlCommand)Command(
            """
            INSERT INTO "Search_Passage" ("DocumentId", "Ordinal", "Page", "TitleLength", "Keys", "Reading", "Text", "IsPublic", "Marks")
            SELECT document, ordinal, page, title_length, keys, reading, text, is_public, marks::integer[]
            FROM unnest(@documents, @ordinals, @pages, @titleLengths, @keys, @readings, @texts, @public, @marks) WITH ORDINALITY
                AS given (document, ordinal, page, title_length, keys, reading, text, is_public, marks, place) ORDER BY place
            """);
        command.Parameters.AddWithValue("documents", passages.Select(row => row.DocumentId).ToArray());
        command.Parameters.AddWithValue("ordinals", passages.Select(row => row.Ordinal).ToArray());
        command.Parameters.AddWithValue("pages", NpgsqlDbType.Array | NpgsqlDbType.Integer, passages.Select(row => row.Page).ToArray());
        command.Parameters.AddWithValue("titleLengths", passages.Select(row => row.Analysis.TitleLength).ToArray());
        command.Parameters.AddWithValue("keys", passages.Select(row => row.Analysis.Keys).ToArray());
        command.Parameters.AddWithValue("readings", NpgsqlDbType.Array | NpgsqlDbType.Text, passages.Select(row => row.Analysis.Reading).ToArray());
        command.Parameters.AddWithValue("texts", passages.Select(row => row.Text).ToArray());
        command.Parameters.AddWithValue("public", passages.Select(row => row.Tokens.Contains(ReaderScope.Public)).ToArray());
        command.Parameters.AddWithValue("marks", passages.Select(row => $"{{{string.Join(',', row.Tokens.Select(MarkHash.Of).Distinct())}}}").ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task AddCountsAsync(IReadOnlyList<(string Feature, FeatureCount Count)> counts, CancellationToken cancellationToken)
    {
        await using var command = (NpgsqlCommand)Command(
            """
            INSERT INTO "Search_Statistic" ("Feature", "Passages", "Clean") SELECT * FROM unnest(@features, @passages, @clean)
            ON CONFLICT ("Feature") DO UPDATE SET "Passages" = "Search_Statistic"."Passages" + excluded."Passages", "Clean" = "Search_Statistic"."Clean" + excluded."Clean"
            """);
        command.Parameters.AddWithValue("features", counts.Select(pair => pair.Feature).ToArray());
        command.Parameters.AddWithValue("passages", counts.Select(pair => pair.Count.Passages).ToArray());
        command.Parameters.AddWithValue("clean", counts.Select(pair => pair.Count.Clean).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public override async Task FetchAsync(IReadOnlyList<FeatureLookup> lookups, FetchFilter filter, int most, Action<float, int> found, CancellationToken cancellationToken)
    {
        // Most passages are for everybody, which one bit says; comparing lists of marks takes longer than finding the row.
        var conditions = (filter.AnyOf is null ? "" : """ AND ("IsPublic" OR "Marks" && $3)""") + (filter.AllOf.Count == 0 ? "" : """ AND "Marks" @> $4""");
        // The planner cannot know how rare a feature is and would now and then read the whole table.
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Command("").Connection!);
        batch.BatchCommands.Add(new("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)"));
        batch.BatchCommands.Add(new(
            $"""
            SELECT place, ids FROM unnest($1) WITH ORDINALITY AS asked (features, place) CROSS JOIN LATERAL (
                SELECT array_agg("Id") AS ids FROM (
                    SELECT "Id" FROM "Search_Passage"
                    WHERE "Search_FeaturesOf"("Keys", "Reading") @> (SELECT array_agg(hashtext(feature)) FROM string_to_table(asked.features, ' ') AS feature){conditions}
                    LIMIT $2) AS held) AS answer
            """)
        {
            Parameters =
            {
                new() { Value = lookups.Select(lookup => string.Join(' ', lookup.Features)).ToArray() },
                new() { Value = most },
                new() { Value = filter.AnyOf?.Select(MarkHash.Of).ToArray() ?? [] },
                new() { Value = filter.AllOf.Select(MarkHash.Of).ToArray() },
            },
        });
        await batch.PrepareAsync(cancellationToken);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.IsDBNull(1))
            {
                continue;
            }

            var weight = lookups[(int)reader.GetInt64(0) - 1].Weight;
            foreach (var id in reader.GetFieldValue<int[]>(1))
            {
                found(weight, id);
            }
        }
    }

    public override async Task ReadAsync(IReadOnlyList<int> ids, Action<StoredPassage> read, CancellationToken cancellationToken)
    {
        await using var command = (NpgsqlCommand)Command(
            $"""
            SELECT {StoredPassage.Columns} FROM "Search_Passage" AS p JOIN "Search_Document" AS d ON d."Id" = p."DocumentId" WHERE p."Id" = ANY(@ids)
            """);
        command.Parameters.AddWithValue("ids", ids.ToArray());
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            read(StoredPassage.From(reader));
        }
    }
}
