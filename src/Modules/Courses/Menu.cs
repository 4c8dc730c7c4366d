using Microsoft.Extensions.Localization;

namespace TrainingSite.Courses;

/// <summary>The module's items in the menus.</summary>
internal sealed class Menu(IStringLocalizer<Strings> T) : INavigationProvider
{
    public IEnumerable<NavigationItem> GetItems() =>
    [
        new(T["Khóa học"], "/courses", "course", 20, NavigationPlace.Main),
        new(T["Soạn khóa học"], "/courses/edit", "edit", 60, NavigationPlace.Admin, Permissions.ManageCourses),
        new(T["Giấy chứng nhận"], "/certificates/unit", "award", 65, NavigationPlace.Admin, Permissions.ViewLearning),
    ];
}
