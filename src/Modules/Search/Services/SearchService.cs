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
    private readonly WordLists _words;
    private readonly IStringLocalizer<Strings> T;
    private readonly IndexStore _store;

    internal SearchService(SiteDbContext db, IndexStore store, StatisticsCache statistics, WordLists words, IStringLocalizer<Strings> localizer)
    {
        (_db, _store, _statistics, _words, T) = (db, store, statistics, words, localizer);
    }

    /// <summary>Searches for a reader; nothing that they may not see enters the counts, the hits or the suggestion.</summary>
    public async Task<Result<SearchResult>> SearchAsync(SearchQuery query, CurrentUser reader, CancellationToken cancellationToken = default)
    {
        if (query.Text.Length > SearchQuery.MaxLength)
        {
            return new Fault("query_too_long", T["Câu tìm dài quá {0} ký tự. Hãy rút còn vài từ chính.", SearchQuery.MaxLength], "q");
        }

        var counts = await _statistics.GetAsync(cancellationToken);
        var plan = new QueryPlanner(counts, await _words.GetAsync(_db, cancellationToken)).Plan(query.Text);
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
            var page = found.Skip(Math.Max(0, query.Skip)).Take(Math.Clamp(query.Take, 1, SearchQuery.MaxTake)).ToList();
            var presentation = new Presentation(plan, await ReadDetailsAsync(page, cancellationToken));
            return new SearchResult(
                found.Count,
                presentation.Suggest(found.Count > 0 ? found[0].Via : null),
                [.. page.Select(presentation.Show).OfType<SearchHit>()],
                Count(facets.Where(hit => query.Topic is null || hit.Topic == query.Topic), hit => hit.Kind),
                Count(facets.Where(hit => query.Kind is null || hit.Kind == query.Kind), hit => hit.Topic));
        }
        finally
        {
            await _db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Fetches, ranks, groups by document: the best passage stands for its document.</summary>
    private async Task<List<RankedPassage>> FindAsync(
        QueryPlan plan, PassageRanker ranker, ReaderScope scope, string? kind, string? topic, CancellationToken cancellationToken)
    {
        var candidates = new Candidates();
        var filter = new FetchFilter(scope, kind, topic);
        IReadOnlyList<FeatureLookup> lookups = plan.Lookups;
        if (lookups[0].IsForAll)
        {
            await _store.FetchAsync([lookups[0]], filter, Scoring.MostCandidates, candidates.Add, cancellationToken);
            lookups = [.. lookups.Skip(1)];
        }

        // Common words are the dearest to look up; when enough passages hold all of them, one at a time finds nothing better.
        if (!candidates.IsFull)
        {
            await _store.FetchAsync(lookups, filter, Scoring.PostingsBudget, candidates.Add, cancellationToken);
        }

        var ranked = new List<RankedPassage>();
        await _store.ReadAsync(candidates.Best(), passage =>
        {
            // The index was asked for nothing else; looking once more costs little, and is what a reader's rights rest on.
            if (filter.Allows(passage.Facts) && ranker.Score(passage.Keys, passage.Reading, passage.TitleLength) is { Score: > 0 } score)
            {
                ranked.Add(new(passage.Id, passage.DocumentId, passage.Facts.Kind, passage.Facts.Topic, score.Score, score.Via));
            }
        }, cancellationToken);

        var best = ranked.OrderByDescending(passage => passage.Score).ThenBy(passage => passage.Id).DistinctBy(passage => passage.DocumentId).ToList();
        return [.. best.TakeWhile(passage => passage.Score >= WeakestShare * best[0].Score)];
    }

    private async Task<Dictionary<int, HitDetails>> ReadDetailsAsync(List<RankedPassage> page, CancellationToken cancellationToken)
    {
        var ids = page.ConvertAll(hit => hit.Id);
        return await _db.IndexedPassages.Where(passage => ids.Contains(passage.Id))
            .Join(_db.IndexedDocuments, passage => passage.DocumentId, document => document.Id, (passage, document) => new HitDetails(
                passage.Id, passage.Text, passage.Reading, passage.TitleLength, document.SourceId, document.Title, document.Url, document.Source, passage.Page))
            .ToDictionaryAsync(hit => hit.PassageId, cancellationToken);
    }

    private static List<SearchFacet> Count(IEnumerable<RankedPassage> hits, Func<RankedPassage, string?> value) =>
        [.. hits.Select(value).OfType<string>().CountBy(facet => facet).Select(pair => new SearchFacet(pair.Key, pair.Value))
            .OrderByDescending(facet => facet.Count).ThenBy(facet => facet.Value, StringComparer.Ordinal)];
}

/// <summary>The best passage of a document found.</summary>
internal sealed record RankedPassage(int Id, int DocumentId, string Kind, string? Topic, double Score, ReadingKind Via);

/// <summary>What is shown of a hit.</summary>
internal sealed record HitDetails(int PassageId, string Text, string? Reading, int TitleLength, Guid SourceId, string Title, string Url, string Source, int? Page);
