using TrainingSite.Organization.Models;

namespace TrainingSite.Organization.Services.Import;

/// <summary>What to do with the members of a file.</summary>
/// <param name="FileName">The file's name, for the report.</param>
/// <param name="AsOf">Date of the list: ages are measured by it, and who has no date of joining joins on it.</param>
public sealed record RosterImportOptions(string FileName, DateOnly AsOf)
{
    /// <summary>Commune: the list is of commune-level teams, a village in it is only an address.</summary>
    public UnitLevel? Level { get; init; }

    /// <summary>Code of the district that the list is from; narrows which commune a name means.</summary>
    public string? District { get; init; }

    /// <summary>Where the user may change teams; rows elsewhere are rejected.</summary>
    public UnitScope Scope { get; init; } = UnitScope.Everything;

    /// <summary>Only look.</summary>
    public bool DryRun { get; init; }

    /// <summary>Write the valid rows although others are rejected.</summary>
    public bool AcceptValid { get; init; }
}
