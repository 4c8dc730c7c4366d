using TrainingSite.Accounts.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Deadlines;

/// <summary>The sheets that points have not handed in, and who looks after them.</summary>
public sealed class MissingSheets(SiteDbContext db, TimeProvider clock)
{
    /// <summary>An account that looks after a point.</summary>
    public sealed class Keeper
    {
        public required Guid PointId { get; init; }

        public required Guid UserId { get; init; }
    }

    /// <summary>Points whose sheet has a time to be handed in by and is still open. Whoever was absent for a reason has told it: nothing is missing.</summary>
    public IQueryable<SessionPoint> All() => db.SessionPoints
        .Where(point => point.ClosedUtc == null && point.State != PointState.Absent && (point.HandInUtc != null || point.Session.HandInUtc != null) && !point.Session.IsRehearsal
            && (point.Session.State == SessionState.Published || point.Session.State == SessionState.Open || point.Session.State == SessionState.Closed));

    /// <summary>Who looks after the points: the accounts named there or, where none is, the coordinators whose right covers the point's commune.</summary>
    public IQueryable<Keeper> KeepersOf(IQueryable<SessionPoint> points)
    {
        var grants = db.Grants.On(clock.Today());
        var accounts = db.Accounts.Where(account => account.DisabledUtc == null);
        var named =
            from point in points
            join coordinator in db.Set<PointCoordinator>() on point.Id equals coordinator.PointId
            select new Keeper { PointId = point.Id, UserId = coordinator.UserId };
        var covering =
            from point in points.Where(point => !point.Coordinators.Any())
            from grant in grants
            where grant.Role == Roles.Coordinator && grant.UnitPath != "" && point.Path.StartsWith(grant.UnitPath)
            select new Keeper { PointId = point.Id, UserId = grant.UserId };
        var keepers = named.Concat(covering);
        return keepers.Where(keeper => accounts.Any(account => account.UserId == keeper.UserId));
    }

    /// <summary>Those of the points that are the reader's to hand in.</summary>
    public IQueryable<SessionPoint> MineOf(IQueryable<SessionPoint> points, CurrentUser user)
    {
        var userId = user.Id;
        UnitScope covered = new([.. user.Grants.Where(grant => grant is { Role: Roles.Coordinator, Path.Length: > 0 }).Select(grant => grant.Path).Distinct()]);
        var own = points.Where(point => !point.Coordinators.Any()).InScope(covered, point => point.Path).Select(point => point.Id);
        return points.Where(point => own.Contains(point.Id) || point.Coordinators.Any(coordinator => coordinator.UserId == userId));
    }
}
