using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "today": the one course to go on with.</summary>
public sealed class NextCourseViewComponent(CurrentUser user, TodayCourses today) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person)
        {
            return Content("");
        }

        return await today.NextAsync(person, HttpContext.RequestAborted) is { } next ? View(next) : Content("");
    }
}
