using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>Looks at the teams of a list as wholes: leaders, deputies, size (R6, R7). Nobody is dropped for it.</summary>
internal static class RosterTeams
{
    public static List<ImportTeam> Summarize(IEnumerable<RosterRow> rows, TeamSizeRules rules) =>
        [.. rows.Where(row => row.Unit is not null && row.Outcome != ImportOutcome.Rejected)
            .GroupBy(row => row.Unit!.Id)
            .Select(team => Summarize([.. team], rules))];

    private static ImportTeam Summarize(RosterRow[] rows, TeamSizeRules rules)
    {
        var unit = rows[0].Unit!;
        var accepted = rows.Where(row => row.IsAccepted).ToArray();
        var members = accepted.Count(row => row.Role != TeamRole.Collaborator);
        var size = rules.For(unit.Path);
        var issues = new List<ImportIssue>();
        AddIf(accepted.All(row => row.Role != TeamRole.Leader), "LEADER_MISSING");
        AddIf(accepted.Count(row => row.Role == TeamRole.Leader) > 1, "LEADER_MULTIPLE");
        AddIf(accepted.Count(row => row.Role == TeamRole.Deputy) > 1, "DEPUTY_MULTIPLE");
        AddIf(members > size.Maximum, "TEAM_OVER_MAX");
        AddIf(members < size.Minimum, "TEAM_UNDER_MIN");
        var namesakes = rows.Count(row => row.Has("POSSIBLE_DUPLICATE"));
        var undecided = rows.Count(row => row.Outcome == ImportOutcome.NeedsDecision) - namesakes;
        return new(unit.Name, members, issues)
        {
            Code = rows[0].TeamCode,
            Collaborators = accepted.Length - members,
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
