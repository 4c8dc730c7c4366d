using Microsoft.Extensions.Localization;

namespace TrainingSite.Search;

/// <summary>"Tìm" for everybody, the list of abbreviations for those who keep it.</summary>
internal sealed class MainMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new(T["Tìm"], "/search", "search", 40, NavigationPlace.Main),
        new(T["Chữ viết tắt"], "/search/abbreviations", "edit", 85, NavigationPlace.Admin, Permissions.ManageSearch),
    ];
}
