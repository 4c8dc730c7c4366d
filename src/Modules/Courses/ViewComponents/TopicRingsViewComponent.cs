using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "today": a ring for each course, by topic.</summary>
public sealed class TopicRingsViewComponent(CurrentUser user, TodayCourses today) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person)
        {
            return Content("");
        }

        var courses = await today.ListAsync(person, HttpContext.RequestAborted);
        return courses.Count > 0 ? View(courses) : Content("");
    }
}
