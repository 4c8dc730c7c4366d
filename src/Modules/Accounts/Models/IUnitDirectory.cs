namespace TrainingSite.Accounts.Models;

/// <summary>
/// Knows the units that rights can be given over. Contributed by the module that owns the units; without it only the whole tree
/// (<see cref="DirectoryUnit.Everything"/>) can be named, for the roles that may reach it.
/// </summary>
public interface IUnitDirectory
{
    /// <summary>The unit that bears the code today; null when there is none.</summary>
    Task<DirectoryUnit?> FindAsync(string code, CancellationToken cancellationToken);

    /// <summary>Units of today inside the scope whose code or name (compared without accents) fits the text, the widest first.</summary>
    Task<IReadOnlyList<DirectoryUnit>> SearchAsync(string text, UnitScope scope, int take, CancellationToken cancellationToken);
}

/// <summary>A unit as the accounts see it.</summary>
/// <param name="Code">Its code, such as <c>03646</c>.</param>
/// <param name="Path">Its materialised path, such as <c>14/116/03646/</c>.</param>
/// <param name="Name">Its name with the units above it where names recur: "xã Chiềng Hặc, huyện Yên Châu".</param>
public sealed record DirectoryUnit(string Code, string Path, string Name)
{
    /// <summary>The whole tree.</summary>
    public static readonly DirectoryUnit Everything = new("", "", "");
}
