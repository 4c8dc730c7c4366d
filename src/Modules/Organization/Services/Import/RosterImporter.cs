using Microsoft.Extensions.Options;
using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>
/// Reads lists of members, ours (<c>member_id,team_code,…</c>) and those that clerks send, and upserts people and memberships. People are
/// never taken out because a list leaves them out.
/// </summary>
public sealed class RosterImporter(SiteDbContext db, TeamSizeReader sizes, EventPublisher events, IOptions<OrganizationOptions> settings)
{
    private const int ChunkSize = 2000;

    /// <summary>Checks every row, and writes when nothing stands in the way.</summary>
    public async Task<ImportReport> ImportAsync(byte[] content, RosterImportOptions options, CancellationToken cancellationToken = default)
    {
        var table = ImportTable.Open(content, RosterReader.Columns);
        var units = new RosterUnits(await db.Units.AsNoTracking().On(options.AsOf).ToListAsync(cancellationToken), options.District);
        var teams = await db.Teams.AsNoTracking().Where(team => team.ValidTo == null).ToDictionaryAsync(team => team.Code, StringComparer.Ordinal, cancellationToken);
        var rules = await sizes.OnAsync(options.AsOf, cancellationToken);
        var rows = new RosterReader(table, options, units, teams).Read();
        new RosterPeople(table, await LoadKnownAsync(rows, cancellationToken)).Match(rows);
        FindEnded(table, rows);
        var report = new ImportReport(options.FileName, table.Container, rows)
        {
            Context = new Dictionary<string, object?> { ["as_of"] = options.AsOf, ["district_code"] = options.District, ["level"] = options.Level },
            Policy = Policy(rules, rows),
            FurtherTotals = PeopleTotals(rows),
            // A list of commune-level teams has a few people of many communes each; only lists of whole teams are looked at as teams.
            Teams = options.Level == UnitLevel.Commune ? [] : RosterTeams.InList(rows, rules),
            TeamsWritten = options.Level == UnitLevel.Commune ? [] : RosterTeams.Written(rows, rules, await LoadTeamsAsync(rows, cancellationToken)),
        };
        return options.DryRun || report.IsUnreadable || (report.HasRejected && !options.AcceptValid)
            ? report
            : report with { Changes = await new RosterWriter(db, events, settings.Value.TeamName).WriteAsync(rows, cancellationToken) };
    }

    private static Dictionary<string, object?> Policy(TeamSizeRules rules, List<RosterRow> rows)
    {
        var size = rules.For(rows.Find(row => row.Unit is not null)?.Unit!.Path ?? "");
        return new() { ["team_min"] = size.Minimum, ["team_max"] = size.Maximum, ["date_order"] = "day/month/year" };
    }

    private static Dictionary<string, int> PeopleTotals(List<RosterRow> rows)
    {
        var undecided = rows.Count(row => row.Has("POSSIBLE_DUPLICATE"));
        if (undecided == 0 && !rows.Exists(row => row.Has("SECOND_MEMBERSHIP")))
        {
            return [];
        }

        var accepted = rows.Where(row => row.IsAccepted).ToArray();
        var people = accepted.Select(row => row.SamePersonAs ?? row).Distinct().Count();
        return new() { ["distinct_people"] = people, ["distinct_people_if_decided_new"] = people + undecided, ["memberships"] = accepted.Length };
    }

    /// <summary>The people of the database that the list may mean, with their memberships.</summary>
    private async Task<List<KnownPerson>> LoadKnownAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        if (!await db.People.AnyAsync(cancellationToken))
        {
            return [];
        }

        var codes = rows.Select(row => row.MemberCode).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var names = rows.Where(row => row.MemberCode is null).Select(row => row.FullName).OfType<string>().Select(VietnameseText.Fold).ToHashSet(StringComparer.Ordinal);
        var people = new Dictionary<Guid, Person>();
        foreach (var chunk in codes.Chunk(ChunkSize))
        {
            await AddAsync(db.People.Where(person => chunk.Contains(person.Code)));
        }

        foreach (var chunk in names.Chunk(ChunkSize))
        {
            await AddAsync(db.People.Where(person => chunk.Contains(person.FullNameFolded)));
        }

        var memberships = new List<(Membership Membership, Guid Unit)>();
        foreach (var chunk in people.Keys.Chunk(ChunkSize))
        {
            var found = await db.Memberships.AsNoTracking().Where(membership => chunk.Contains(membership.PersonId))
                .Select(membership => new { Membership = membership, membership.Team.UnitId }).ToListAsync(cancellationToken);
            memberships.AddRange(found.Select(pair => (pair.Membership, pair.UnitId)));
        }

        var byPerson = memberships.ToLookup(pair => pair.Membership.PersonId);
        return [.. people.Values.Select(person => new KnownPerson(person, [.. byPerson[person.Id].Select(pair => pair.Unit)], [.. byPerson[person.Id].Select(pair => pair.Membership)]))];

        async Task AddAsync(IQueryable<Person> query)
        {
            foreach (var person in await query.AsNoTracking().ToListAsync(cancellationToken))
            {
                people.TryAdd(person.Id, person);
            }
        }
    }

    /// <summary>Who is in the teams that the list names, by unit.</summary>
    private async Task<ILookup<Guid, (Guid PersonId, TeamRole Role)>> LoadTeamsAsync(List<RosterRow> rows, CancellationToken cancellationToken)
    {
        var members = new List<(Guid UnitId, Guid PersonId, TeamRole Role)>();
        foreach (var chunk in rows.Select(row => row.Unit?.Id).OfType<Guid>().Distinct().Chunk(ChunkSize))
        {
            var found = await db.Memberships.Where(membership => membership.ValidTo == null && membership.Team.ValidTo == null && chunk.Contains(membership.Team.UnitId))
                .Select(membership => new { membership.Team.UnitId, membership.PersonId, membership.Role }).ToListAsync(cancellationToken);
            members.AddRange(found.Select(member => (member.UnitId, member.PersonId, member.Role)));
        }

        return members.ToLookup(member => member.UnitId, member => (member.PersonId, member.Role));
    }

    /// <summary>Who left a team is not brought back by an old list.</summary>
    private static void FindEnded(ImportTable table, List<RosterRow> rows)
    {
        foreach (var row in rows.Where(row => row.IsAccepted))
        {
            var person = (row.SamePersonAs ?? row).Known;
            var latest = person?.In(row.Unit!).MaxBy(membership => membership.ValidFrom);
            if (latest?.ValidTo is { } ended && row.JoinedOn < ended)
            {
                row.Add(new("MEMBERSHIP_ENDED", table.Heading("full_name"), ended.ToDateText()));
            }
        }
    }
}
