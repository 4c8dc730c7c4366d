using Microsoft.Extensions.Localization;
using TrainingSite.Search.Models;
using TrainingSite.Search.Text;

namespace TrainingSite.Search.Services;

/// <summary>Finds. The database only says which passages hold which features; what they are worth is decided here, alike for both databases.</summary>
public sealed class SearchService
{
    /// <summary>Passages much weaker than the best one are noise.</summary>
    private const double WeakestShare = .03;

    private readonly SiteDbContext _db;
    private readonly StatisticsCache _statistics;
    private readonly AbbreviationService _abbreviations;
    private readonly IStringLocalizer<Strings> T;
    private readonly IndexStore _store;

    internal SearchService(SiteDbContext db, StatisticsCache statistics, AbbreviationService abbreviations, IStringLocalizer<Strings> localizer)
    {
        (_db, _statistics, _abbreviations, T) = (db, statistics, abbreviations, localizer);
        _store = IndexStore.For(db);
    }

    /// <summary>Searches for a reader; nothing that they may not see enters the counts, the hits or the suggestion.</summary>
    public async Task<Result<SearchResult>> SearchAsync(SearchQuery query, CurrentUser reader, CancellationToken cancellationToken = default)
    {
        if (query.Text.Length > SearchQuery.MaxLength)
        {
            return new Fault("query_too_long", T["Câu tìm dài quá {0} ký tự. Hãy rút còn vài từ chính.", SearchQuery.MaxLength], "q");
        }

        var counts = await _statistics.GetAsync(cancellationToken);
        var plan = new QueryPlanner(counts, await _abbreviations.GetListAsync(cancellationToken)).Plan(query.Text);
        if (plan.Lookups.Count == 0)
        {
            return SearchResult.Empty;
        }

        await _db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var scope = ReaderScope.Of(reader);
            var ranker = new PassageRanker(plan, counts.AverageLength);
            var found = await FindAsync(plan, ranker, scope, query.Kind, query.Topic, cancellationToken);
            var facets = query.Kind is null && query.Topic is null ? found : await FindAsync(plan, ranker, scope, null, null, cancellationToken);
            var hits = found.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, SearchQuery.MaxTake)).ToList();
            var presentation = new Presentation(plan, await ReadTextsAsync(hits, cancellationToken));
            return new SearchResult(
                found.Count,
                presentation.Suggest(found.Count > 0 ? found[0].Via : null),
                [.. hits.Select(presentation.Show)],
                Count(facets.Where(hit => query.Topic is null || hit.Document.Topic == query.Topic), hit => hit.Document.Kind),
                Count(facets.Where(hit => query.Kind is null || hit.Document.Kind == query.Kind), hit => hit.Document.Topic));
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Fetches, ranks, groups by document: the best passage stands for its document.</summary>
    private async Task<List<RankedDocument>> FindAsync(
        QueryPlan plan, PassageRanker ranker, ReaderScope scope, string? kind, string? topic, CancellationToken cancellationToken)
    {
        string[] facets = [.. kind is null ? [] : new[] { ReaderScope.KindToken(kind) }, .. topic is null ? [] : new[] { ReaderScope.TopicToken(topic) }];
        var candidates = new Candidates(plan.Lookups);
        await _store.FetchAsync(plan.Lookups, new(scope.SeesEverything ? null : scope.Tokens, facets), candidates.Add, cancellationToken);
        var ranked = new List<RankedPassage>();
        await _store.ReadAsync(candidates.Best(), passage =>
        {
            var score = ranker.Score(passage.Keys, passage.Reading, passage.TitleLength);
            if (score.Score > 0)
            {
                ranked.Add(new(passage.Id, passage.DocumentId, score));
            }
        }, cancellationToken);

        var best = ranked.OrderByDescending(passage => passage.Score.Score).ThenBy(passage => passage.Id).DistinctBy(passage => passage.DocumentId).ToList();
        var keys = best.TakeWhile(passage => passage.Score.Score >= WeakestShare * best[0].Score.Score).ToDictionary(passage => passage.DocumentId);
        var documents = await _db.IndexedDocuments.AsNoTracking().Where(document => keys.Keys.Contains(document.Id)).ToListAsync(cancellationToken);
        return [.. documents
            .Where(document => scope.Allows(document.Visibility, document.UnitPath) && (kind is null || document.Kind == kind) && (topic is null || document.Topic == topic))
            .Select(document => new RankedDocument(document, keys[document.Id].Id, keys[document.Id].Score.Score, keys[document.Id].Score.Via))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.PassageId)];
    }

    private async Task<Dictionary<int, PassageText>> ReadTextsAsync(List<RankedDocument> hits, CancellationToken cancellationToken)
    {
        var ids = hits.ConvertAll(hit => hit.PassageId);
        return await _db.IndexedPassages.Where(passage => ids.Contains(passage.Id))
            .Select(passage => new PassageText(passage.Id, passage.Text, passage.Reading, passage.TitleLength))
            .ToDictionaryAsync(passage => passage.Id, cancellationToken);
    }

    private static List<SearchFacet> Count(IEnumerable<RankedDocument> hits, Func<RankedDocument, string?> value) =>
        [.. hits.Select(value).OfType<string>().CountBy(facet => facet).Select(pair => new SearchFacet(pair.Key, pair.Value)).OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)];

    private readonly record struct RankedPassage(int Id, int DocumentId, PassageScore Score);
}

/// <summary>A document found, with its best passage.</summary>
internal sealed record RankedDocument(IndexedDocument Document, int PassageId, double Score, ReadingKind Via);

/// <summary>What a snippet is cut from.</summary>
internal sealed record PassageText(int Id, string Text, string? Reading, int TitleLength);
