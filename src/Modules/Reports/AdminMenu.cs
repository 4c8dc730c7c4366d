namespace TrainingSite.Reports;

internal sealed class AdminMenu : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new("Báo cáo", "/reports", "report", 30, NavigationPlace.Admin, Permissions.ViewReports)];
}
