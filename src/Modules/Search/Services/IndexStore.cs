using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>A passage ready to be stored.</summary>
/// <param name="DocumentId">Its document in the index.</param>
/// <param name="Ordinal">Its place there.</param>
/// <param name="Page">Its page; null without pages.</param>
/// <param name="Text">Its text.</param>
/// <param name="Analysis">What the analyzer made of it.</param>
/// <param name="Tokens">Who may see it, and its facets.</param>
internal sealed record NewPassage(int DocumentId, int Ordinal, int? Page, string Text, AnalyzedPassage Analysis, IReadOnlyList<string> Tokens);

/// <summary>A passage as it is ranked.</summary>
internal readonly record struct StoredPassage(int Id, int DocumentId, int TitleLength, string Keys, string? Reading, PassageFacts Facts)
{
    /// <summary>The columns, in the order in which <see cref="From"/> takes them.</summary>
    public const string Columns =
        """
        p."Id", p."DocumentId", p."TitleLength", p."Keys", p."Reading", d."Kind", d."Topic", d."Visibility", d."UnitPath"
        """;

    /// <summary>Reads a row.</summary>
    public static StoredPassage From(DbDataReader reader) => new(
        reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetString(3), Text(reader, 4), FactsFrom(reader, 5));

    /// <summary>Reads kind, topic, visibility and path, which begin at a column.</summary>
    public static PassageFacts FactsFrom(DbDataReader reader, int column) => new(
        reader.GetString(column), Text(reader, column + 1), Enum.Parse<SearchVisibility>(reader.GetString(column + 2)), Text(reader, column + 3));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}

/// <summary>What cuts a search down: who reads, and the facets they chose.</summary>
internal sealed class FetchFilter(ReaderScope scope, string? kind, string? topic)
{
    /// <summary>A passage must be marked with one of these; null when the reader sees everything.</summary>
    public IReadOnlyList<string>? AnyOf { get; } = scope.SeesEverything ? null : scope.Tokens;

    /// <summary>And with all of these.</summary>
    public IReadOnlyList<string> AllOf { get; } = [.. kind is null ? [] : new[] { ReaderScope.KindToken(kind) }, .. topic is null ? [] : new[] { ReaderScope.TopicToken(topic) }];

    /// <summary>The same, asked of one passage.</summary>
    public bool Allows(PassageFacts facts) =>
        scope.Allows(facts.Visibility, facts.UnitPath) && (kind is null || facts.Kind == kind) && (topic is null || facts.Topic == topic);
}

/// <summary>
/// What the two databases do differently: which passages hold which features, and writing many rows. Works on the context's connection
/// and in its transaction, past the change tracker: a caller's half-made changes are not saved by it.
/// </summary>
internal abstract class IndexStore(SiteDbContext db)
{
    /// <summary>The store for the context's database.</summary>
    public static IndexStore For(SiteDbContext db, PassageFactsCache facts) => db.IsSqlite ? new SqliteIndexStore(db, facts) : new PostgreSqlIndexStore(db);

    /// <summary>Makes or changes the row of a document.</summary>
    /// <returns>Its key in the index.</returns>
    public async Task<int> PutDocumentAsync(SearchDocument document, DateTime nowUtc, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            INSERT INTO "Search_Document" ("Kind", "SourceId", "Title", "Url", "Topic", "Visibility", "UnitPath", "Source", "UpdatedUtc")
            VALUES (@kind, @sourceId, @title, @url, @topic, @visibility, @unitPath, @source, @now)
            ON CONFLICT ("Kind", "SourceId") DO UPDATE SET "Title" = @title, "Url" = @url, "Topic" = @topic, "Visibility" = @visibility,
                "UnitPath" = @unitPath, "Source" = @source, "UpdatedUtc" = @now
            RETURNING "Id"
            """);
        Add(command, "kind", document.Kind);
        Add(command, "sourceId", document.Id);
        Add(command, "title", Cut(document.Title));
        Add(command, "url", document.Url);
        Add(command, "topic", (object?)document.Topic ?? DBNull.Value);
        Add(command, "visibility", document.Visibility.ToString());
        Add(command, "unitPath", (object?)document.UnitPath ?? DBNull.Value);
        Add(command, "source", Cut(document.Source));
        Add(command, "now", nowUtc);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken));
    }

    /// <summary>Takes out the passages of documents, not the documents.</summary>
    public virtual async Task RemovePassagesAsync(IReadOnlyCollection<int> documentIds, CancellationToken cancellationToken)
    {
        // Keys of our own making: nothing that needs a parameter.
        await using var passages = Command($"""DELETE FROM "Search_Passage" WHERE "DocumentId" IN ({string.Join(',', documentIds)})""");
        await passages.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Stores new passages, in their order.</summary>
    public abstract Task AddPassagesAsync(IReadOnlyList<NewPassage> passages, CancellationToken cancellationToken);

    /// <summary>Adds to the stored counts.</summary>
    public abstract Task AddCountsAsync(IReadOnlyList<(string Feature, FeatureCount Count)> counts, CancellationToken cancellationToken);

    /// <summary>Answers the lookups, each with at most <paramref name="most"/> passages: calls <paramref name="found"/> with the weight of the lookup and the key of a passage.</summary>
    public abstract Task FetchAsync(IReadOnlyList<FeatureLookup> lookups, FetchFilter filter, int most, Action<float, int> found, CancellationToken cancellationToken);

    /// <summary>Reads passages for ranking.</summary>
    public abstract Task ReadAsync(IReadOnlyList<int> ids, Action<StoredPassage> read, CancellationToken cancellationToken);

    /// <summary>Whether a transaction is open on the context.</summary>
    protected bool IsInTransaction => db.Database.CurrentTransaction is not null;

    /// <summary>A command on the context's open connection, in its transaction.</summary>
    protected DbCommand Command(string sql)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>Adds a parameter.</summary>
    protected static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private static string Cut(string text)
    {
        var clean = VietnameseText.Clean(text);
        return clean.Length <= 500 ? clean : clean[..499] + "…";
    }
}
