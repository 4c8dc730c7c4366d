using TrainingSite.Accounts.Models;

namespace TrainingSite.Sessions.Trainers;

/// <summary>Whoever teaches at a session sees who attended it.</summary>
internal sealed class TrainerDuties : IAccountDuties
{
    public IQueryable<Guid> Users(SiteDbContext db) => db.Set<SessionTrainer>().Select(trainer => trainer.UserId);
}
