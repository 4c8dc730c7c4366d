using Microsoft.Extensions.Localization;

namespace TrainingSite.Accounts.Services;

/// <summary>
/// Who may act on whose account: every right of the account must lie in the actor's scope and must not be higher than the actor's
/// own role there. A leader never resets somebody of another team, nor an officer who happens to live in the village.
/// </summary>
public sealed class AccountAuthority(CurrentUser user, RoleNames roles, IStringLocalizer<Strings> T)
{
    /// <summary>Whether the actor may do this to an account that holds these rights.</summary>
    public bool MayActOn(Permission permission, IReadOnlyCollection<(string Role, string UnitPath)> grants) =>
        grants.Count > 0 ? grants.All(grant => Covers(permission, grant.Role, grant.UnitPath)) : user.ScopeOf(permission).IsEverything;

    /// <summary>Whether the actor may give or take this right.</summary>
    public bool Covers(Permission permission, string role, string unitPath) =>
        IsSystem(permission) || user.Grants.Any(own =>
            PermissionCatalog.RoleHolds(own.Role, permission) && unitPath.StartsWith(own.Path, StringComparison.Ordinal) && Rank(own.Role) <= Rank(role));

    /// <summary>The roles that the actor may give somewhere, from the highest.</summary>
    public IReadOnlyList<string> RolesToGive(Permission permission) =>
        [.. Roles.All.Where(role => IsSystem(permission) || user.Grants.Any(own => PermissionCatalog.RoleHolds(own.Role, permission) && Rank(own.Role) <= Rank(role)))];

    /// <summary>What is wrong with giving this role over the whole tree; null when nothing is.</summary>
    public Fault? WithoutUnit(string role, string unitPath) =>
        unitPath.Length > 0 || Roles.MayReachEverything(role)
            ? null
            : new("unit_missing", T["Hãy cho biết đơn vị: vai trò “{0}” chỉ có hiệu lực trong một đơn vị và các đơn vị bên dưới.", roles[role]], nameof(NewAccount.Unit));

    private bool IsSystem(Permission permission) => !user.IsAuthenticated && user.ScopeOf(permission).IsEverything;

    /// <summary>0 is the highest. Member and those beside the teams (police, partners, mass organizations) stand on one step.</summary>
    private static int Rank(string role) => Math.Min(Roles.All.IndexOf(role), Roles.All.IndexOf(Roles.Member));
}

file static class ListExtensions
{
    public static int IndexOf(this IReadOnlyList<string> list, string item)
    {
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] == item)
            {
                return index;
            }
        }

        return int.MaxValue;
    }
}
