using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "home": the courses for visitors.</summary>
public sealed class HomeCoursesViewComponent(CourseStandings standings) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        var courses = await standings.ListAsync(personId: null, HttpContext.RequestAborted);
        return courses.Count > 0 ? View(courses) : Content("");
    }
}
