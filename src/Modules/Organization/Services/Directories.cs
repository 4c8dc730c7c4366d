using TrainingSite.Accounts.Models;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>Lets accounts name units.</summary>
internal sealed class UnitDirectory(SiteDbContext db, TimeProvider clock) : IUnitDirectory
{
    public Task<DirectoryUnit?> FindAsync(string code, CancellationToken cancellationToken) =>
        db.Units.On(clock.Today()).Where(unit => unit.Code == code).Select(unit => new DirectoryUnit(unit.Code, unit.Path, unit.FullName)).SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<DirectoryUnit>> SearchAsync(string text, UnitScope scope, int take, CancellationToken cancellationToken)
    {
        var folded = VietnameseText.Fold(text);
        return await db.Units.On(clock.Today()).InScope(scope, unit => unit.Path)
            .Where(unit => unit.NameFolded.Contains(folded) || unit.Code.StartsWith(text))
            .OrderBy(unit => unit.Path.Length).ThenBy(unit => unit.NameFolded).ThenBy(unit => unit.Code)
            .Take(take)
            .Select(unit => new DirectoryUnit(unit.Code, unit.Path, unit.FullName))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Lets accounts name people.</summary>
internal sealed class PersonDirectory(SiteDbContext db) : IPersonDirectory
{
    public Task<DirectoryPerson?> FindAsync(string code, CancellationToken cancellationToken) =>
        db.People.Where(person => person.Code == code).Select(person => new DirectoryPerson(person.Id, person.FullName, person.Phone)).SingleOrDefaultAsync(cancellationToken);
}

/// <summary>Notes beside the person which account is theirs.</summary>
internal sealed class AccountLink(SiteDbContext db) : IEventHandler<AccountLinked>
{
    public async Task HandleAsync(AccountLinked fact, CancellationToken cancellationToken) =>
        (await db.People.SingleAsync(person => person.Id == fact.PersonId, cancellationToken)).UserId = fact.UserId;
}
