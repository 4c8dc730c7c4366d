namespace TrainingSite.Jobs;

internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
        [new("Tác vụ", "/jobs", "jobs", 90, NavigationPlace.Admin, Permissions.ViewJobs)];
}
