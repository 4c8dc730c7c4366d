namespace TrainingSite.Accounts;

/// <summary>The module's places in the menus.</summary>
internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new("Tôi", "/me", "person-circle", 50, NavigationPlace.Main),
        new("Tài khoản", "/users", "people", 60, NavigationPlace.Admin, Permissions.ResetCodes),
    ];
}
