using Microsoft.Extensions.Localization;

namespace TrainingSite.Notifications;

internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
        [new(T["Thông báo"], "/messages", "message", 80, NavigationPlace.Admin, Permissions.ManageMessages)];
}
