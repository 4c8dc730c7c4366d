using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>
/// Decides which rows are the same person (R9, R64): by the list's code for a person, else name, year of birth and phone together.
/// Once in a team; in two teams, one person with two memberships.
/// </summary>
internal sealed class RosterPeople(ImportTable table, IReadOnlyList<KnownPerson> known)
{
    private readonly ILookup<string, KnownPerson> _knownByName = known.ToLookup(person => Key(person.Person.FullName), StringComparer.Ordinal);
    private readonly Dictionary<string, KnownPerson> _knownByCode = known.ToDictionary(person => person.Person.Code, StringComparer.Ordinal);
    private readonly Dictionary<string, List<RosterRow>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterRow> _byCode = new(StringComparer.Ordinal);
    private readonly HashSet<(RosterRow Person, Guid Unit)> _memberships = [];
    private readonly Dictionary<(RosterRow Person, Guid Unit), int> _firstRows = [];

    public void Match(List<RosterRow> rows)
    {
        foreach (var row in rows.Where(row => row.FullName is not null && row.Outcome != ImportOutcome.Rejected))
        {
            MatchInFile(row);
            if (row.SamePersonAs is null && row.Outcome != ImportOutcome.Rejected)
            {
                MatchKnown(row);
            }
        }

        FindSharedPhones(rows);
    }

    private void MatchInFile(RosterRow row)
    {
        var namesakes = _byName.TryGetValue(Key(row.FullName!), out var found) ? found : _byName[Key(row.FullName!)] = [];
        var first = row.MemberCode is { } code && _byCode.TryGetValue(code, out var sameCode) ? sameCode : namesakes.Find(other => IsSame(other, row));
        if (first is not null && first.MemberCode is not null && first.MemberCode == row.MemberCode && Key(first.FullName!) != Key(row.FullName!))
        {
            row.Add(new("MEMBER_ID_TAKEN", table.Heading("member_id"), new RowReference(FirstRow: first.Number)));
            return;
        }

        if (first is not null)
        {
            row.SamePersonAs = first;
            if (row.Unit is { } unit && !_memberships.Add((first, unit.Id)))
            {
                row.Add(new("DUPLICATE_IN_FILE", table.Heading("full_name"), new RowReference(FirstRow: _firstRows[(first, unit.Id)])));
                return;
            }

            row.Add(new("SECOND_MEMBERSHIP", table.Heading("full_name"), new RowReference(FirstRow: first.Number)));
            Remember(first, row);
            return;
        }

        // A code for every person says that namesakes are different people.
        if (row.MemberCode is null && namesakes.Count > 0)
        {
            var alike = namesakes.Where(other => AgreeInOne(other.BirthYear, other.Phone, row)).Select(other => other.Number).ToArray();
            row.Add(alike.Length > 0
                ? new("POSSIBLE_DUPLICATE", table.Heading("full_name"), new RowReference(Rows: alike))
                : new("SAME_NAME_OTHER_PERSON", table.Heading("full_name"), new RowReference(Rows: [.. namesakes.Select(other => other.Number)])));
        }

        namesakes.Add(row);
        if (row.MemberCode is not null)
        {
            _byCode.TryAdd(row.MemberCode, row);
        }

        Remember(row, row);
    }

    private void Remember(RosterRow person, RosterRow row)
    {
        if (row.Unit is { } unit)
        {
            _memberships.Add((person, unit.Id));
            _firstRows.TryAdd((person, unit.Id), row.Number);
        }
    }

    private void MatchKnown(RosterRow row)
    {
        if (row.MemberCode is not null && _knownByCode.TryGetValue(row.MemberCode, out var known))
        {
            row.Known = known;
            var person = known.Person;
            if (person.FullNameFolded != VietnameseText.Fold(row.FullName!) && person.BirthYear != row.BirthYear)
            {
                row.Add(new("MEMBER_ID_TAKEN", table.Heading("member_id"), person.FullName));
            }

            return;
        }

        var namesakes = _knownByName[Key(row.FullName!)];
        row.Known = namesakes.FirstOrDefault(other => other.Person.BirthYear == row.BirthYear && other.Person.Phone == row.Phone && ((row.BirthYear is not null && row.Phone is not null) || IsInTeam(other, row)));
        if (row.Known is null && row.MemberCode is null
            && namesakes.Where(other => IsInTeam(other, row) && AgreeInOne(other.Person.BirthYear, other.Person.Phone, row)).Select(other => other.Person.Code).ToArray() is { Length: > 0 } alike)
        {
            row.Add(new("POSSIBLE_DUPLICATE", table.Heading("full_name"), alike));
        }
    }

    private static bool IsInTeam(KnownPerson person, RosterRow row) =>
        row.Unit is { } unit && person.In(unit).Any(membership => membership.ValidTo is null);

    private static bool IsSame(RosterRow one, RosterRow other) =>
        one.BirthYear == other.BirthYear && one.Phone == other.Phone
        && ((one.BirthYear is not null && one.Phone is not null) || one.Unit?.Id == other.Unit?.Id)
        && (one.MemberCode is null || other.MemberCode is null || (one.BirthYear is not null && one.Phone is not null));

    private static bool AgreeInOne(int? year, string? phone, RosterRow row) =>
        (year is not null && year == row.BirthYear) != (phone is not null && phone == row.Phone);

    private void FindSharedPhones(List<RosterRow> rows)
    {
        foreach (var group in rows.Where(row => row.Phone is not null && row.SamePersonAs is null && row.Outcome != ImportOutcome.Rejected).GroupBy(row => row.Phone).Where(group => group.Skip(1).Any()).ToArray())
        {
            var reference = new RowReference(Rows: [.. group.Select(row => row.Number)]);
            foreach (var row in group)
            {
                row.Add(new("PHONE_SHARED", table.Heading("phone"), reference));
            }
        }
    }

    private static string Key(string name) => name.ToLowerInvariant();
}

/// <summary>A person of the database with all memberships; both untracked.</summary>
/// <param name="Person">The person.</param>
/// <param name="Units">Units of the teams, in the order of the memberships.</param>
/// <param name="Memberships">The memberships.</param>
internal sealed record KnownPerson(Person Person, IReadOnlyList<Guid> Units, IReadOnlyList<Membership> Memberships)
{
    /// <summary>The memberships in the unit's team.</summary>
    public IEnumerable<Membership> In(AdministrativeUnit unit) => Memberships.Where((_, index) => Units[index] == unit.Id);
}
