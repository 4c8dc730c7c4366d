using Microsoft.Extensions.Localization;

namespace TrainingSite.Sessions;

/// <summary>"Tập huấn", one of the five of everybody, and the list of people to call.</summary>
internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new(T["Tập huấn"], "/sessions", "session", 30, NavigationPlace.Main),
        new(T["Cần gọi báo"], "/calls", "call", 15, NavigationPlace.Admin, Permissions.CallMembers),
    ];
}
