using TrainingSite.Organization.Events;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Writes the accepted rows of one list: new people and memberships in bulk, changed ones through the context.</summary>
internal sealed class RosterWriter(SiteDbContext db, EventPublisher events, string teamName)
{
    private readonly List<Person> _people = [];
    private readonly List<Membership> _memberships = [];
    private readonly List<Membership> _ended = [];
    private readonly List<CommunityTeam> _teams = [];
    private int _updated;
    private int _unchanged;

    public async Task<ImportChanges> WriteAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        var teams = await db.Teams.AsNoTracking().Where(team => team.ValidTo == null).ToDictionaryAsync(team => team.UnitId, cancellationToken);
        var people = new Dictionary<RosterRow, Person>();
        foreach (var row in rows.Where(row => row.IsAccepted && row.SamePersonAs is null))
        {
            people.Add(row, row.Known is { } known ? Update(known.Person, row) : Create(row));
        }

        foreach (var row in rows.Where(row => row.IsAccepted && !row.Has("MEMBERSHIP_ENDED")))
        {
            if (people.TryGetValue(row.SamePersonAs ?? row, out var person))
            {
                Join(person, TeamOf(row, teams), row);
            }
        }

        await db.InTransactionAsync(async () =>
        {
            await PublishAsync(cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await db.BulkInsertAsync(_teams, cancellationToken);
            await db.BulkInsertAsync(_people, cancellationToken);
            await db.BulkInsertAsync(_memberships, cancellationToken);
        }, cancellationToken);
        db.ChangeTracker.Clear();
        return new(_memberships.Count, _updated, _unchanged);
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        if (_ended.Count > 0)
        {
            await events.PublishAsync(new MembershipEnded([.. _ended.Select(membership => new MembershipChange(membership.Id, membership.PersonId, membership.TeamId, membership.Role, membership.ValidTo!.Value))]), cancellationToken);
        }

        if (_memberships.Count > 0)
        {
            await events.PublishAsync(new MembershipStarted([.. _memberships.Select(membership => new MembershipChange(membership.Id, membership.PersonId, membership.TeamId, membership.Role, membership.ValidFrom))]), cancellationToken);
        }
    }

    private Person Create(RosterRow row)
    {
        var person = new Person { Code = row.MemberCode ?? PersonCode.New() };
        Fill(person, row);
        _people.Add(person);
        return person;
    }

    private Person Update(Person person, RosterRow row)
    {
        var changed = person.FullName != row.FullName
            || (row.Gender is not null && person.Gender != row.Gender)
            || (row.BirthYear is not null && person.BirthYear != row.BirthYear)
            || (row.BirthDate is not null && person.BirthDate != row.BirthDate)
            || (row.Occupation is not null && person.Occupation != row.Occupation)
            || (row.Phone is not null && person.Phone != row.Phone)
            || (row.Email is not null && person.Email != row.Email)
            || (row.HasSmartphone is not null && person.HasSmartphone != row.HasSmartphone);
        if (changed)
        {
            db.Attach(person);
            Fill(person, row);
            _updated++;
        }

        return person;
    }

    /// <summary>An empty cell never takes away what is known.</summary>
    private static void Fill(Person person, RosterRow row)
    {
        person.FullName = row.FullName!;
        person.FullNameFolded = VietnameseText.Fold(row.FullName!);
        person.SortName = Names.SortName(row.FullName!);
        person.Gender = row.Gender ?? person.Gender;
        person.BirthYear = row.BirthYear ?? person.BirthYear;
        person.BirthDate = row.BirthDate ?? (person.BirthDate?.Year == person.BirthYear ? person.BirthDate : null);
        person.Occupation = row.Occupation ?? person.Occupation;
        person.Phone = row.Phone ?? person.Phone;
        person.Email = row.Email ?? person.Email;
        person.HasSmartphone = row.HasSmartphone ?? person.HasSmartphone;
    }

    private CommunityTeam TeamOf(RosterRow row, Dictionary<Guid, CommunityTeam> teams)
    {
        var unit = row.Unit!;
        if (!teams.TryGetValue(unit.Id, out var team))
        {
            // Without a founding decision it stays a draft (R4) and counts nowhere.
            var name = $"{teamName} {unit.Name}";
            team = new() { Code = $"T-{unit.Code}", UnitId = unit.Id, Name = name, NameFolded = VietnameseText.Fold(name), State = TeamState.Draft, ValidFrom = row.JoinedOn };
            teams.Add(unit.Id, team);
            _teams.Add(team);
        }

        return team;
    }

    private void Join(Person person, CommunityTeam team, RosterRow row)
    {
        var current = (row.SamePersonAs ?? row).Known?.Memberships.FirstOrDefault(membership => membership.TeamId == team.Id && membership.ValidTo is null);
        if (current is not null && current.Role == row.Role)
        {
            _unchanged++;
            return;
        }

        if (current is not null)
        {
            db.Attach(current);
            if (current.ValidFrom >= row.JoinedOn)
            {
                current.Role = row.Role!.Value;
                _updated++;
                return;
            }

            current.ValidTo = row.JoinedOn;
            _ended.Add(current);
        }

        _memberships.Add(new() { PersonId = person.Id, TeamId = team.Id, Role = row.Role!.Value, ValidFrom = row.JoinedOn });
    }
}
