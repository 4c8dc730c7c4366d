using Microsoft.Extensions.Localization;

namespace TrainingSite.Search;

/// <summary>"Tìm" for everybody, the lists of words for those who keep them.</summary>
internal sealed class MainMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new(T["Tìm"], "/search", "search", 40, NavigationPlace.Main),
        new(T["Từ ngữ tìm kiếm"], "/search/synonyms", "edit", 85, NavigationPlace.Admin, Permissions.ManageSearch),
    ];
}
