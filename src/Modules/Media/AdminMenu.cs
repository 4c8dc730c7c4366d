using Microsoft.Extensions.Localization;

namespace TrainingSite.Media;

internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Kho hình, tiếng, phim"], "/media", "video", 65, NavigationPlace.Admin, Permissions.ManageMedia)];
}
