using Microsoft.Extensions.Localization;

namespace TrainingSite.Accounts;

/// <summary>The module's places in the menus.</summary>
internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new(T["Tôi"], "/me", "me", 50, NavigationPlace.Main),
        new(T["Tài khoản"], "/users", "key", 60, NavigationPlace.Admin, Permissions.ResetCodes),
    ];
}
