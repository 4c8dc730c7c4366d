using Microsoft.AspNetCore.Mvc;
using TrainingSite.Courses.Services;

namespace TrainingSite.Courses.ViewComponents;

/// <summary>Zone "today": the learning path that fits the member, course by course (R31).</summary>
public sealed class LearningPathViewComponent(CurrentUser user, TodayCourses today) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(ZoneContext context)
    {
        if (user.PersonId is not { } person)
        {
            return Content("");
        }

        return await today.PathsAsync(person, HttpContext.RequestAborted) is { Own: not null } choice ? View(choice) : Content("");
    }
}
