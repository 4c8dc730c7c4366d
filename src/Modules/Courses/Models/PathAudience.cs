using System.Numerics;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>Roles that a path is for.</summary>
[Flags]
public enum PathRoles
{
    /// <summary>Tổ trưởng.</summary>
    Leader = 1,

    /// <summary>Tổ phó.</summary>
    Deputy = 2,

    /// <summary>Thành viên.</summary>
    Member = 4,

    /// <summary>Cộng tác viên: trains with the team (R13).</summary>
    Collaborator = 8,

    /// <summary>Everybody in a team.</summary>
    All = Leader | Deputy | Member | Collaborator,
}

/// <summary>Levels of the teams that a path is for.</summary>
[Flags]
public enum PathLevels
{
    /// <summary>The commune's own team.</summary>
    Commune = 1,

    /// <summary>The teams of the villages.</summary>
    Village = 2,

    /// <summary>All teams.</summary>
    All = Commune | Village,
}

/// <summary>Takes roles and levels apart.</summary>
public static class PathFlags
{
    /// <summary>The roles one by one.</summary>
    public static IEnumerable<PathRoles> Single(this PathRoles roles) =>
        Enum.GetValues<PathRoles>().Where(role => role != PathRoles.All && roles.HasFlag(role));

    /// <summary>The levels one by one.</summary>
    public static IEnumerable<PathLevels> Single(this PathLevels levels) =>
        Enum.GetValues<PathLevels>().Where(level => level != PathLevels.All && levels.HasFlag(level));
}

/// <summary>Whom a path is for (R31).</summary>
/// <param name="Roles">In one of these roles.</param>
/// <param name="Levels">In a team of one of these levels.</param>
public readonly record struct PathAudience(PathRoles Roles, PathLevels Levels)
{
    /// <summary>How many kinds of people it takes in; the fewer, the closer the path is to each of them.</summary>
    public int Breadth => BitOperations.PopCount((uint)Roles) * BitOperations.PopCount((uint)Levels);

    /// <summary>Whether it takes in somebody in that role in a team of that level.</summary>
    public bool Includes(TeamRole role, UnitLevel level) =>
        level switch
        {
            UnitLevel.Commune => Levels.HasFlag(PathLevels.Commune),
            UnitLevel.Village => Levels.HasFlag(PathLevels.Village),
            UnitLevel.Province or UnitLevel.District => false,
        }
        && role switch
        {
            TeamRole.Leader => Roles.HasFlag(PathRoles.Leader),
            TeamRole.Deputy => Roles.HasFlag(PathRoles.Deputy),
            TeamRole.Member => Roles.HasFlag(PathRoles.Member),
            TeamRole.Collaborator => Roles.HasFlag(PathRoles.Collaborator),
        };
}
