using Microsoft.Extensions.Localization;

namespace TrainingSite.Library;

internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Thư viện"], "/library", "file", 40, NavigationPlace.Admin, Permissions.ManageLibrary)];
}
