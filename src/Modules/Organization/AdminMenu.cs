using Microsoft.Extensions.Localization;

namespace TrainingSite.Organization;

/// <summary>The module's place in the menu of staff.</summary>
internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Đơn vị"], "/units", "units", 10, NavigationPlace.Admin, Permissions.ViewPeople)];
}
