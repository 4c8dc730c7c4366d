using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Services;

/// <summary>Which unit somebody means who typed a code or a name.</summary>
/// <param name="Unit">The unit, when there is no doubt.</param>
/// <param name="Choices">The units that fit, when there are several.</param>
public sealed record UnitChoice(DirectoryUnit? Unit, IReadOnlyList<DirectoryUnit> Choices);

/// <summary>Finds units by code or name inside a scope, with the module that owns the units, if there is one.</summary>
public sealed class UnitChooser(IUnitDirectory? directory = null)
{
    private const int MaxChoices = 20;

    /// <summary>Reads what was typed; nothing typed is no unit.</summary>
    public async Task<UnitChoice> ChooseAsync(string? typed, UnitScope scope, CancellationToken cancellationToken)
    {
        if (directory is null || string.IsNullOrWhiteSpace(typed))
        {
            return new(null, []);
        }

        if (await directory.FindAsync(typed.Trim(), cancellationToken) is { } exact && scope.Contains(exact.Path))
        {
            return new(exact, []);
        }

        var fitting = await directory.SearchAsync(typed.Trim(), scope, MaxChoices, cancellationToken);
        return fitting.Count == 1 ? new(fitting[0], []) : new(null, fitting);
    }

    /// <summary>The widest unit of the scope, to begin a form with; null for the whole tree or when nobody knows the units.</summary>
    public async Task<DirectoryUnit?> FirstAsync(UnitScope scope, CancellationToken cancellationToken) =>
        directory is null || scope.IsEverything ? null : await directory.SearchAsync("", scope, 1, cancellationToken) is [var widest, ..] ? widest : null;
}
