using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Feedback;

/// <summary>
/// Counts what people said, and never who. A point is shown with figures of its own once so many have answered there that nobody can be told
/// from the figures; until then it counts in the whole only.
/// </summary>
public sealed class FeedbackReader(SiteDbContext db)
{
    /// <summary>Fewest answers of a point that are shown apart.</summary>
    public const int FewestApart = 3;

    private const int PageSize = 20;

    /// <summary>Averages of the whole; null where nobody answered.</summary>
    public Task<FeedbackFigures?> CountAsync(Guid sessionId, UnitScope scope, CancellationToken cancellationToken = default) =>
        Of(sessionId, scope).GroupBy(_ => 1)
            .Select(all => (FeedbackFigures?)new FeedbackFigures(all.Count(), all.Average(row => row.Feedback.Understanding), all.Average(row => row.Feedback.Guidance), all.Average(row => row.Feedback.Organization)))
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Averages of each point with answers enough, the least content first.</summary>
    public async Task<IReadOnlyList<PointFeedback>> CountPointsAsync(Guid sessionId, UnitScope scope, CancellationToken cancellationToken = default)
    {
        var rows = await Of(sessionId, scope).GroupBy(row => new { row.Point.Code, row.Point.Name })
            .Where(point => point.Count() >= FewestApart)
            .Select(point => new PointFeedback(point.Key.Code, point.Key.Name, new FeedbackFigures(point.Count(), point.Average(row => row.Feedback.Understanding), point.Average(row => row.Feedback.Guidance), point.Average(row => row.Feedback.Organization))))
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Figures.Lowest).ThenBy(row => row.Code, StringComparer.Ordinal)];
    }

    /// <summary>What people wrote, without name, point or time, in an order that tells nothing.</summary>
    public Task<Page<string>> ReadWordsAsync(Guid sessionId, int page, CancellationToken cancellationToken = default) =>
        db.Set<SessionFeedback>().Where(feedback => feedback.SessionId == sessionId && feedback.Words != null)
            .OrderBy(feedback => feedback.Words).Select(feedback => feedback.Words!).ToPageAsync(page, PageSize, cancellationToken);

    private IQueryable<FeedbackAt> Of(Guid sessionId, UnitScope scope) =>
        from point in db.SessionPoints.Where(point => point.SessionId == sessionId).InScope(scope, point => point.Path)
        join feedback in db.Set<SessionFeedback>() on point.Id equals feedback.PointId
        select new FeedbackAt { Feedback = feedback, Point = point };

    private sealed class FeedbackAt
    {
        public required SessionFeedback Feedback { get; init; }

        public required SessionPoint Point { get; init; }
    }
}

/// <summary>Number of answers and their averages.</summary>
public sealed record FeedbackFigures(int Answers, double Understanding, double Guidance, double Organization)
{
    /// <summary>The least content of the three.</summary>
    public double Lowest => Math.Min(Understanding, Math.Min(Guidance, Organization));
}

/// <summary>A point's answers.</summary>
public sealed record PointFeedback(string Code, string Name, FeedbackFigures Figures);
