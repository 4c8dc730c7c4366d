using TrainingSite.Accounts.Models;
using TrainingSite.Sessions.Models;

namespace TrainingSite.Sessions.Services;

/// <summary>Whoever looks after a point sees its sheet with names and phones and marks people there.</summary>
internal sealed class PointDuties : IAccountDuties
{
    public IQueryable<Guid> Users(SiteDbContext db) => db.Set<PointCoordinator>().Select(coordinator => coordinator.UserId);
}
