namespace TrainingSite.Kernel;

/// <summary>
/// Something a person may do. Declared once in the module that owns it, used by name:
/// <c>[Authorize(nameof(Permissions.TakeAttendance))]</c> on a controller, <see cref="CurrentUser.Can"/> for one record,
/// <see cref="CurrentUser.ScopeOf"/> for a list.
/// </summary>
/// <param name="Name">Unique name over all modules.</param>
/// <param name="Description">What it allows, for people, in Vietnamese.</param>
/// <param name="Roles">Names from <see cref="Roles"/> that hold it (R93). The administrator holds everything.</param>
public sealed record Permission(string Name, string Description, params string[] Roles)
{
    /// <summary>Whether it counts only where it is held over a whole province: what it changes belongs to no unit and is for everybody, so that nobody holds it by a right over one commune (R93).</summary>
    public bool IsForProvince { get; init; }
}

/// <summary>A module's list of permissions; contributed with <c>services.AddPermissions&lt;Permissions&gt;()</c>.</summary>
public interface IPermissionProvider
{
    /// <summary>The permissions of the module.</summary>
    IEnumerable<Permission> GetPermissions();
}
