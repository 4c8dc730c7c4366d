using System.Numerics;
using TrainingSite.Organization.Models;

namespace TrainingSite.Courses.Models;

/// <summary>Whom a path is for (R31).</summary>
/// <param name="Roles">In one of these roles.</param>
/// <param name="Levels">In a team of one of these levels.</param>
public readonly record struct PathAudience(TeamRoles Roles, TeamLevels Levels)
{
    /// <summary>How many kinds of people it takes in; the fewer, the closer the path is to each of them.</summary>
    public int Breadth => BitOperations.PopCount((uint)Roles) * BitOperations.PopCount((uint)Levels);

    /// <summary>Whether it takes in somebody in that role in a team of that level.</summary>
    public bool Includes(TeamRole role, UnitLevel level) => Roles.Includes(role) && Levels.Includes(level);
}
