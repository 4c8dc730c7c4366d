namespace TrainingSite.Notifications;

internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
        [new("Thông báo", "/messages", "message", 80, NavigationPlace.Admin, Permissions.ManageMessages)];
}
