using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Looks at the teams of a list as wholes: leaders, deputies, size (R6, R7). Nobody is dropped for it.</summary>
internal static class RosterTeams
{
    /// <summary>The teams as the list alone has them.</summary>
    public static List<ImportTeam> InList(IEnumerable<RosterRow> rows, TeamSizeRules rules) =>
        Summarize(rows, rules, team => [.. team.Where(row => row.IsAccepted).Select(row => row.Role)]);

    /// <summary>The same teams once the list is written: those who are there already stay, with the list's role where it names them.</summary>
    /// <param name="rows">The list.</param>
    /// <param name="rules">Sizes.</param>
    /// <param name="there">Who is in each unit's team, by the unit.</param>
    public static List<ImportTeam> Written(IEnumerable<RosterRow> rows, TeamSizeRules rules, ILookup<Guid, (Guid PersonId, TeamRole Role)> there) =>
        Summarize(rows, rules, team =>
        {
            var joining = team.Where(row => row.IsAccepted && !row.Has("MEMBERSHIP_ENDED")).ToArray();
            var named = joining.Select(row => (row.SamePersonAs ?? row).Known?.Person.Id).ToHashSet();
            return [.. joining.Select(row => row.Role), .. there[team[0].Unit!.Id].Where(member => !named.Contains(member.PersonId)).Select(member => (TeamRole?)member.Role)];
        });

    private static List<ImportTeam> Summarize(IEnumerable<RosterRow> rows, TeamSizeRules rules, Func<RosterRow[], TeamRole?[]> rolesOf) =>
        [.. rows.Where(row => row.Unit is not null && row.Outcome != ImportOutcome.Rejected)
            .GroupBy(row => row.Unit!.Id, (_, team) => team.ToArray())
            .Select(team => Summarize(team, rolesOf(team), rules))];

    private static ImportTeam Summarize(RosterRow[] rows, TeamRole?[] roles, TeamSizeRules rules)
    {
        var unit = rows[0].Unit!;
        var members = roles.Count(role => role != TeamRole.Collaborator);
        var size = rules.For(unit.Path);
        var issues = new List<ImportIssue>();
        AddIf(roles.All(role => role != TeamRole.Leader), "LEADER_MISSING");
        AddIf(roles.Count(role => role == TeamRole.Leader) > 1, "LEADER_MULTIPLE");
        AddIf(roles.Count(role => role == TeamRole.Deputy) > 1, "DEPUTY_MULTIPLE");
        AddIf(members > size.Maximum, "TEAM_OVER_MAX");
        AddIf(members < size.Minimum, "TEAM_UNDER_MIN");
        var namesakes = rows.Count(row => row.Has("POSSIBLE_DUPLICATE"));
        var undecided = rows.Count(row => row.Outcome == ImportOutcome.NeedsDecision) - namesakes;
        return new(unit.Name, members, issues)
        {
            Code = rows[0].TeamCode,
            Collaborators = roles.Length - members,
            OverBy = Math.Max(0, members - size.Maximum),
            MembersIfDecidedNew = namesakes > 0 ? members + namesakes : null,
            MembersIfDecided = undecided > 0 ? members + undecided : null,
        };

        void AddIf(bool condition, string code)
        {
            if (condition)
            {
                issues.Add(new(code));
            }
        }
    }
}
