using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace TrainingSite.Kernel;

/// <summary>
/// Who asks, and what they may do where. Built from the claims of the signed-in principal, so that asking costs no query.
/// In a command or a task there is no request: then it is the system itself, which may do everything.
/// </summary>
public sealed class CurrentUser
{
    /// <summary>Claim type of a right; its value is <c>Role|path</c>, such as <c>Coordinator|14/116/03646/</c>.</summary>
    public const string GrantClaim = "grant";

    /// <summary>Claim type of the person (a member of a team) that the account belongs to.</summary>
    public const string PersonClaim = "person";

    /// <summary>Claim type of the name that people read.</summary>
    public const string DisplayNameClaim = "display_name";

    private bool _isSystem;
    private List<(string Role, string Path)> _grants = [];

    /// <summary>Reads the principal of the running request.</summary>
    public CurrentUser(IHttpContextAccessor accessor)
    {
        _isSystem = accessor.HttpContext is null;
        if (accessor.HttpContext is { } context)
        {
            Read(context.User);
        }
    }

    /// <summary>Id of the account; null for an anonymous reader and for the system.</summary>
    public Guid? Id { get; private set; }

    /// <summary>Id of the person behind the account; null for staff who are in no team.</summary>
    public Guid? PersonId { get; private set; }

    /// <summary>The name that people read; empty for an anonymous reader.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsAuthenticated => Id is not null;

    /// <summary>The rights: role and the path of the unit whose subtree it reaches.</summary>
    public IReadOnlyList<(string Role, string Path)> Grants => _grants;

    /// <summary>The part of the unit tree in which the user has anything to do, whatever it is.</summary>
    public UnitScope Units => _isSystem ? UnitScope.Everything : new([.. _grants.Select(grant => grant.Path).Distinct()]);

    /// <summary>Whether the user holds the role somewhere.</summary>
    public bool IsInRole(string role) => _grants.Any(grant => grant.Role == role);

    /// <summary>Whether the user holds the permission anywhere.</summary>
    public bool Can(Permission permission) => !ScopeOf(permission).IsNothing;

    /// <summary>Whether the user holds the permission over the unit with that path.</summary>
    public bool Can(Permission permission, string unitPath) => ScopeOf(permission).Contains(unitPath);

    /// <summary>The part of the unit tree over which the user holds the permission. Every list is cut down to it.</summary>
    public UnitScope ScopeOf(Permission permission) =>
        _isSystem
            ? UnitScope.Everything
            : new([.. _grants.Where(grant => PermissionCatalog.RoleHolds(grant.Role, permission) && (!permission.IsForProvince || UnitScope.IsProvince(grant.Path))).Select(grant => grant.Path).Distinct()]);

    /// <summary>Takes another principal: used by <c>search --as USER</c> and by tests of services.</summary>
    public void Read(ClaimsPrincipal principal)
    {
        _isSystem = false;
        Id = Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
        PersonId = Guid.TryParse(principal.FindFirstValue(PersonClaim), out var person) ? person : null;
        Name = principal.FindFirstValue(DisplayNameClaim) ?? principal.Identity?.Name ?? "";
        _grants = [.. principal.FindAll(GrantClaim).Select(claim => claim.Value.Split('|', 2)).Where(parts => parts.Length == 2).Select(parts => (parts[0], parts[1]))];
    }
}
