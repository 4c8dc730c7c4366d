using Microsoft.Extensions.Localization;

namespace TrainingSite.Site;

/// <summary>"Hôm nay", the first of the five.</summary>
internal sealed class MainMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Hôm nay"], "/today", "today", 10, NavigationPlace.Main)];
}
