using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Budget;

/// <summary>Reads and sums money and devices.</summary>
public sealed class BudgetReader(SiteDbContext db)
{
    private const int PageSize = 50;

    /// <summary>The lines and devices of a point, or the lines of the session as a whole.</summary>
    public async Task<BudgetModel> ReadAsync(BudgetPlace place, CancellationToken cancellationToken = default)
    {
        var (session, point) = (place.Session.Id, place.Point?.Id);
        return new(
            place,
            await db.Set<BudgetLine>().AsNoTracking().Where(line => line.SessionId == session && line.PointId == point).OrderBy(line => line.EnteredUtc).ThenBy(line => line.Id).ToListAsync(cancellationToken),
            point is null ? [] : await db.Set<PointEquipment>().AsNoTracking().Where(equipment => equipment.PointId == point).OrderBy(equipment => equipment.Name).ThenBy(equipment => equipment.Id).ToListAsync(cancellationToken));
    }

    /// <summary>What all points and the session as a whole cost together.</summary>
    public Task<long> SumAsync(Guid sessionId, CancellationToken cancellationToken = default) =>
        db.Set<BudgetLine>().Where(line => line.SessionId == sessionId).SumAsync(line => line.Amount, cancellationToken);

    /// <summary>A page of the points with their sums.</summary>
    public Task<Page<PointBudget>> ReadPointsAsync(Guid sessionId, int page, CancellationToken cancellationToken = default) =>
        Points(db.SessionPoints.Where(point => point.SessionId == sessionId)).OrderBy(point => point.Code).ToPageAsync(page, PageSize, cancellationToken);

    /// <summary>Each point with its sums.</summary>
    public IQueryable<PointBudget> Points(IQueryable<SessionPoint> points) => points.Select(point => new PointBudget
    {
        Code = point.Code,
        Name = point.Name,
        Amount = db.Set<BudgetLine>().Where(line => line.PointId == point.Id).Sum(line => line.Amount),
        Lines = db.Set<BudgetLine>().Count(line => line.PointId == point.Id),
        Equipment = db.Set<PointEquipment>().Count(equipment => equipment.PointId == point.Id),
        Ready = db.Set<PointEquipment>().Count(equipment => equipment.PointId == point.Id && equipment.IsReady),
    });
}

/// <summary>Lines and devices of one place.</summary>
public sealed record BudgetModel(BudgetPlace Place, IReadOnlyList<BudgetLine> Lines, IReadOnlyList<PointEquipment> Equipment)
{
    public long Sum => Lines.Sum(line => line.Amount);
}

/// <summary>The sums of a point.</summary>
public sealed record PointBudget
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Đồng.</summary>
    public required long Amount { get; init; }

    public required int Lines { get; init; }

    /// <summary>Devices on the list.</summary>
    public required int Equipment { get; init; }

    /// <summary>Of these, ready.</summary>
    public required int Ready { get; init; }
}

/// <summary>The budget of a session: its own lines, all points, the whole.</summary>
public sealed record SessionBudgetModel(BudgetModel Own, Page<PointBudget> Points, long Whole);
