namespace TrainingSite.Library;

internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new("Thư viện", "/library", "file", 40, NavigationPlace.Admin, Permissions.ManageLibrary)];
}
