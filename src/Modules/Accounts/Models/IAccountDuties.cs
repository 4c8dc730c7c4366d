namespace TrainingSite.Accounts.Models;

/// <summary>
/// Knows the accounts that see or do more than a member does by something else than a right over a unit: a duty that names the account itself. Contributed by the
/// modules that give such duties; whoever has one signs in with their password and never with a PIN.
/// </summary>
public interface IAccountDuties
{
    /// <summary>The accounts with such a duty, as a query so that it becomes part of the caller's; an account may come more than once.</summary>
    IQueryable<Guid> Users(SiteDbContext db);
}
