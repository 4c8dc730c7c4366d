using Microsoft.AspNetCore.Mvc.ModelBinding;
using TrainingSite.Accounts.Models;

namespace TrainingSite.Accounts.Controllers;

/// <summary>What the pages for a new account and for a new role send, and show.</summary>
public sealed class UserForm
{
    /// <summary>Name.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; set; }

    /// <summary>User name; empty to have one made.</summary>
    public string? UserName { get; set; }

    /// <summary>A name from <see cref="Kernel.Roles"/>.</summary>
    public string? Role { get; set; }

    /// <summary>Code or name of the unit, as typed.</summary>
    public string? Unit { get; set; }

    /// <summary>Code of the unit that was chosen among several.</summary>
    public string? UnitCode { get; set; }

    /// <summary>What had been typed when the choices were shown.</summary>
    public string? ChoicesFor { get; set; }

    /// <summary>Units to choose from.</summary>
    [BindNever]
    public IReadOnlyList<DirectoryUnit> Choices { get; set; } = [];

    /// <summary>Roles to choose from.</summary>
    [BindNever]
    public IReadOnlyList<RoleChoice> Roles { get; set; } = [];
}

/// <summary>A role to choose.</summary>
/// <param name="Role">Its name in the program.</param>
/// <param name="Text">Its name for people.</param>
public sealed record RoleChoice(string Role, string Text);
