using Microsoft.Extensions.Localization;

namespace TrainingSite.Reports;

internal sealed class AdminMenu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() => [new(T["Báo cáo"], "/reports", "report", 30, NavigationPlace.Admin, Permissions.ViewReports)];
}
