using Microsoft.Extensions.Localization;

namespace TrainingSite.Jobs;

internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
        [new(T["Tác vụ"], "/jobs", "jobs", 90, NavigationPlace.Admin, Permissions.ViewJobs)];
}
