namespace TrainingSite.Organization.Services;

/// <summary>Where a unit is chosen in a form: from a list, or by typing its code when there are too many to choose from. Shown by the view of the same name.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Value">Code that is chosen.</param>
/// <param name="Units">What can be chosen; null for too many.</param>
public sealed record UnitSelect(string Name, string? Value, IReadOnlyList<UnitOption>? Units)
{
    /// <summary>What choosing none means; null when one has to be chosen.</summary>
    public string? None { get; init; }

    /// <summary>What is said where the code is typed.</summary>
    public required string Placeholder { get; init; }
}
