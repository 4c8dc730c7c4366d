using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services;

/// <summary>A team in a list: how many, led by whom, and what is amiss (R6, R7).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="UnitName">Its unit with those above.</param>
/// <param name="UnitPath">Path of its unit.</param>
/// <param name="Level">Commune or village.</param>
/// <param name="State">Draft or active.</param>
/// <param name="Members">Members without collaborators.</param>
/// <param name="Leaders">Leaders.</param>
/// <param name="Deputies">Deputies.</param>
/// <param name="Leader">Name of the leader; null when there is none.</param>
public sealed record TeamLine(string Code, string Name, string UnitName, string UnitPath, UnitLevel Level, TeamState State, int Members, int Leaders, int Deputies, string? Leader);

/// <summary>Lists of teams with what the page says about each.</summary>
public static class TeamLists
{
    /// <summary>The teams as lines, as of a day; one query.</summary>
    public static IQueryable<TeamLine> SelectLines(this IQueryable<CommunityTeam> teams, DateOnly day) => teams.Select(team => new TeamLine(
        team.Code, team.Name, team.Unit.FullName, team.Unit.Path, team.Unit.Level, team.State,
        team.Memberships.Count(member => member.Role != TeamRole.Collaborator && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)),
        team.Memberships.Count(member => member.Role == TeamRole.Leader && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)),
        team.Memberships.Count(member => member.Role == TeamRole.Deputy && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)),
        team.Memberships.Where(member => member.Role == TeamRole.Leader && member.ValidFrom <= day && (member.ValidTo == null || member.ValidTo > day)).Select(member => member.Person.FullName).FirstOrDefault()));
}

/// <summary>What is amiss with a team; nothing of it takes anybody out.</summary>
public enum TeamGap
{
    /// <summary>No founding decision yet.</summary>
    Draft,

    /// <summary>No leader.</summary>
    NoLeader,

    /// <summary>More than one leader.</summary>
    ManyLeaders,

    /// <summary>A commune's team without a deputy.</summary>
    NoDeputy,

    /// <summary>More than one deputy.</summary>
    ManyDeputies,

    /// <summary>Fewer members than the limit in force.</summary>
    TooSmall,

    /// <summary>More members than the limit in force.</summary>
    TooLarge,
}

/// <summary>Finds gaps.</summary>
public static class TeamGaps
{
    /// <summary>What is amiss with the team under the limits in force.</summary>
    public static IEnumerable<TeamGap> Of(TeamLine team, TeamSizeRules rules)
    {
        var size = rules.Find(team.UnitPath);
        (bool Found, TeamGap Gap)[] checks =
        [
            (team.State == TeamState.Draft, TeamGap.Draft),
            (team.Leaders == 0, TeamGap.NoLeader),
            (team.Leaders > 1, TeamGap.ManyLeaders),
            (team.Level == UnitLevel.Commune && team.Deputies == 0, TeamGap.NoDeputy),
            (team.Deputies > 1, TeamGap.ManyDeputies),
            (size is not null && team.Members < size.Minimum, TeamGap.TooSmall),
            (size is not null && team.Members > size.Maximum, TeamGap.TooLarge),
        ];
        return checks.Where(check => check.Found).Select(check => check.Gap);
    }
}
