using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions;

/// <summary>"Tập huấn", one of the five of everybody.</summary>
internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Tập huấn"], "/sessions", "session", 30, NavigationPlace.Main)];
}
