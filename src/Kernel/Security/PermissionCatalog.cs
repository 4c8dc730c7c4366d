namespace TrainingSite.Kernel;

/// <summary>All permissions of the enabled modules, by name.</summary>
public sealed class PermissionCatalog
{
    private readonly Dictionary<string, Permission> _byName;

    /// <summary>Collects the providers' permissions.</summary>
    /// <exception cref="InvalidOperationException">Two permissions of one name, or a role that does not exist.</exception>
    public PermissionCatalog(IEnumerable<IPermissionProvider> providers)
    {
        _byName = new(StringComparer.Ordinal);
        foreach (var permission in providers.SelectMany(provider => provider.GetPermissions()))
        {
            if (!_byName.TryAdd(permission.Name, permission))
            {
                throw new InvalidOperationException($"Two permissions are called '{permission.Name}'.");
            }

            if (permission.Roles.FirstOrDefault(role => !Roles.All.Contains(role)) is { } unknown)
            {
                throw new InvalidOperationException($"Permission '{permission.Name}' names the role '{unknown}', which does not exist.");
            }
        }
    }

    /// <summary>All permissions.</summary>
    public IEnumerable<Permission> All => _byName.Values;

    /// <summary>The permission of that name, or null.</summary>
    public Permission? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether a role holds a permission.</summary>
    public static bool RoleHolds(string role, Permission permission) =>
        role == Roles.Administrator || permission.Roles.Contains(role);
}
