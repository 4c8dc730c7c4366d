using System.Numerics;

namespace TrainingSite.Organization.Models;

/// <summary>Roles that something is for: an invitation, a learning path (R31, R39).</summary>
[Flags]
public enum TeamRoles
{
    /// <summary>Tổ trưởng.</summary>
    Leader = 1,

    /// <summary>Tổ phó.</summary>
    Deputy = 2,

    /// <summary>Thành viên.</summary>
    Member = 4,

    /// <summary>Cộng tác viên: trains with the team (R13).</summary>
    Collaborator = 8,

    /// <summary>Everybody who counts as a member.</summary>
    Members = Leader | Deputy | Member,

    /// <summary>Everybody in a team.</summary>
    All = Members | Collaborator,
}

/// <summary>Levels of the teams that something is for (R31, R39).</summary>
[Flags]
public enum TeamLevels
{
    /// <summary>The commune's own team.</summary>
    Commune = 1,

    /// <summary>The teams of the villages.</summary>
    Village = 2,

    /// <summary>All teams.</summary>
    All = Commune | Village,
}

/// <summary>Takes roles and levels apart.</summary>
public static class TeamFlags
{
    /// <summary>The roles one by one.</summary>
    public static IEnumerable<TeamRoles> Single(this TeamRoles roles) =>
        Enum.GetValues<TeamRoles>().Where(role => BitOperations.IsPow2((int)role) && roles.HasFlag(role));

    /// <summary>The levels one by one.</summary>
    public static IEnumerable<TeamLevels> Single(this TeamLevels levels) =>
        Enum.GetValues<TeamLevels>().Where(level => BitOperations.IsPow2((int)level) && levels.HasFlag(level));

    /// <summary>All of them together; 0 for none.</summary>
    public static TeamRoles Together(this IEnumerable<TeamRoles> roles) => roles.Aggregate((TeamRoles)0, (all, role) => all | role);

    /// <summary>All of them together; 0 for none.</summary>
    public static TeamLevels Together(this IEnumerable<TeamLevels> levels) => levels.Aggregate((TeamLevels)0, (all, level) => all | level);

    /// <summary>Whether the role is among them.</summary>
    public static bool Includes(this TeamRoles roles, TeamRole role) => role switch
    {
        TeamRole.Leader => roles.HasFlag(TeamRoles.Leader),
        TeamRole.Deputy => roles.HasFlag(TeamRoles.Deputy),
        TeamRole.Member => roles.HasFlag(TeamRoles.Member),
        TeamRole.Collaborator => roles.HasFlag(TeamRoles.Collaborator),
    };

    /// <summary>Whether the teams of units of that level are among them; provinces and districts have none.</summary>
    public static bool Includes(this TeamLevels levels, UnitLevel level) => level switch
    {
        UnitLevel.Commune => levels.HasFlag(TeamLevels.Commune),
        UnitLevel.Village => levels.HasFlag(TeamLevels.Village),
        UnitLevel.Province or UnitLevel.District => false,
    };
}
